/** A mean over replications with the half-width of its 95 % confidence interval; no half-width with fewer than two values. */
export interface Estimate {
  readonly mean: number;
  readonly halfWidth?: number;
  /** Replications that had a value. */
  readonly values: number;
}

/** 97.5 % points of Student's t for 1–30 degrees of freedom. */
const T_975 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
] as const;
const Z_975 = 1.959964;

/** Beyond the table the Cornish–Fisher series is exact to three digits. */
export function studentT975(degrees: number): number {
  const z = Z_975;
  return (
    T_975[degrees - 1] ?? z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2)
  );
}

/** Mean and interval of independent replications; undefined without any value. */
export function estimateOf(values: readonly (number | undefined)[]): Estimate | undefined {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return undefined;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  if (known.length === 1) return { mean, values: 1 };
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (known.length - 1);
  const halfWidth = studentT975(known.length - 1) * Math.sqrt(variance / known.length);
  return { mean, halfWidth, values: known.length };
}
