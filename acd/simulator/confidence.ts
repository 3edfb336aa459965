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

/** Something that each replication drew and whose true mean is known. */
export interface Control {
  readonly values: readonly number[];
  readonly expected: number;
}
/** With fewer values a slope cannot be told from luck. */
const LEAST_FOR_CONTROL = 6;

/**
 * Mean and interval of independent replications; undefined without any value. A control takes out what came from drawing more or less of it
 * than expected (regression estimator), which makes the interval narrower for the same runs.
 */
export function estimateOf(values: readonly (number | undefined)[], control?: Control): Estimate | undefined {
  const known = values.flatMap((value, index) =>
    value === undefined ? [] : [{ value, drawn: control?.values[index] ?? 0 }],
  );
  const count = known.length;
  if (count === 0) return undefined;
  const mean = known.reduce((sum, { value }) => sum + value, 0) / count;
  if (count === 1) return { mean, values: 1 };
  const squares = known.reduce((sum, { value }) => sum + (value - mean) ** 2, 0);
  const meanDrawn = known.reduce((sum, { drawn }) => sum + drawn, 0) / count;
  const squaresDrawn = known.reduce((sum, { drawn }) => sum + (drawn - meanDrawn) ** 2, 0);
  if (!control || count < LEAST_FOR_CONTROL || squaresDrawn === 0) {
    const halfWidth = studentT975(count - 1) * Math.sqrt(squares / (count - 1) / count);
    return { mean, halfWidth, values: count };
  }
  const together = known.reduce((sum, { value, drawn }) => sum + (value - mean) * (drawn - meanDrawn), 0);
  const slope = together / squaresDrawn;
  const away = meanDrawn - control.expected;
  const left = Math.max(0, squares - slope * together) / (count - 2);
  const halfWidth = studentT975(count - 2) * Math.sqrt(left * (1 / count + away ** 2 / squaresDrawn));
  return { mean: mean - slope * away, halfWidth, values: count };
}
