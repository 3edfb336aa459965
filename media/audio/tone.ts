import { clip16 } from './pcm.ts';

/** Level of a tone of 0 dB here: a sine of full scale (peak 32,767). */
const FULL_SCALE = 32_767;

/**
 * A sum of sines.
 * @param levelDb level of each sine, dB relative to a full-scale sine; -60 to 0
 */
export function tone(
  frequenciesHz: readonly number[],
  durationMs: number,
  sampleRateHz: number,
  levelDb = -12,
): Int16Array {
  const samples = new Int16Array(Math.round((durationMs * sampleRateHz) / 1000));
  const amplitude = FULL_SCALE * 10 ** (levelDb / 20);
  for (let i = 0; i < samples.length; i += 1) {
    let sum = 0;
    for (const hz of frequenciesHz) sum += Math.sin((2 * Math.PI * hz * i) / sampleRateHz);
    samples[i] = clip16(Math.round(sum * amplitude));
  }
  return samples;
}

/**
 * Goertzel measurement of one frequency over all of `samples`.
 * @returns level in dB relative to a full-scale sine, -120 at least; a sine of `tone(…, levelDb)` gives its `levelDb`
 */
export function toneLevelDb(samples: Int16Array, frequencyHz: number, sampleRateHz: number): number {
  const count = samples.length;
  if (count === 0) return -120;
  const coefficient = 2 * Math.cos((2 * Math.PI * frequencyHz) / sampleRateHz);
  let s1 = 0;
  let s2 = 0;
  for (let i = 0; i < count; i += 1) {
    const s0 = samples[i]! + coefficient * s1 - s2;
    s2 = s1;
    s1 = s0;
  }
  const power = s1 * s1 + s2 * s2 - coefficient * s1 * s2;
  const amplitude = (2 * Math.sqrt(Math.max(0, power))) / count;
  return Math.max(-120, 20 * Math.log10(amplitude / FULL_SCALE + 1e-9));
}
