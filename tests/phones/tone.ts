/**
 * How loud one frequency is in some sound: 0 to 1 of full scale (Goertzel). Frequencies that are multiples of `rate / length`
 * don't disturb each other.
 */
export function toneLevel(samples: ArrayLike<number>, hz: number, rate = 8000): number {
  if (samples.length === 0) return 0;
  const turn = 2 * Math.cos((2 * Math.PI * hz) / rate);
  let last = 0;
  let before = 0;
  for (let i = 0; i < samples.length; i++) {
    const now = (samples[i] ?? 0) + turn * last - before;
    before = last;
    last = now;
  }
  const power = last * last + before * before - turn * last * before;
  return (2 * Math.sqrt(Math.max(0, power))) / samples.length / 32_768;
}
