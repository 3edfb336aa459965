/** Sound in memory: one channel, 16 bit. */
export interface Pcm {
  readonly samples: Int16Array;
  readonly sampleRateHz: number;
}

/** Clips to 16 bit. */
export function clip16(value: number): number {
  return Math.max(-32_768, Math.min(32_767, value));
}

/** Adds `source` onto `target`, clipping. The shorter length counts. */
export function addInto(target: Int16Array, source: Int16Array): void {
  const count = Math.min(target.length, source.length);
  for (let i = 0; i < count; i += 1) target[i] = clip16(target[i]! + source[i]!);
}
