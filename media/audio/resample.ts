import { clip16, type Pcm } from './pcm.ts';

/** Zero crossings of the low-pass on each side of its middle. */
const HALF_CROSSINGS = 16;
const KAISER_BETA = 8;
/** Part of the narrower band that passes; the rest is the slope down to the stop band. */
const PASS_BAND = 0.92;

function bessel0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; k < 40; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

interface Phase {
  readonly first: number;
  readonly taps: Float64Array;
}

/** One filter per position of an output sample between two input samples; windowed sinc, gain 1 at 0 Hz. */
function phasesOf(up: number, down: number): readonly Phase[] {
  const cutoff = Math.min(1, up / down) * PASS_BAND;
  const halfWidth = HALF_CROSSINGS / cutoff;
  const window0 = bessel0(KAISER_BETA);
  return Array.from({ length: up }, (_, index) => {
    const offset = ((index * down) % up) / up;
    const first = Math.ceil(offset - halfWidth);
    const taps = new Float64Array(Math.floor(offset + halfWidth) - first + 1);
    let sum = 0;
    for (let k = 0; k < taps.length; k += 1) {
      const x = first + k - offset;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * cutoff * x) / (Math.PI * cutoff * x);
      const edge = Math.max(0, 1 - (x / halfWidth) ** 2);
      taps[k] = sinc * (bessel0(KAISER_BETA * Math.sqrt(edge)) / window0);
      sum += taps[k]!;
    }
    for (let k = 0; k < taps.length; k += 1) taps[k]! /= sum;
    return { first, taps };
  });
}

/** Output samples made before the event loop gets a turn: about 2 ms of work. */
const SLICE = 8000;

function fill(
  source: Int16Array,
  target: Int16Array,
  from: number,
  to: number,
  up: number,
  down: number,
  phases: readonly Phase[],
): void {
  for (let n = from; n < to; n += 1) {
    const phase = phases[n % up]!;
    const start = Math.floor((n * down) / up) + phase.first;
    let sum = 0;
    for (let k = 0; k < phase.taps.length; k += 1) {
      const index = start + k;
      if (index >= 0 && index < source.length) sum += source[index]! * phase.taps[k]!;
    }
    target[n] = clip16(Math.round(sum));
  }
}

/**
 * Another sample rate, through a low-pass that keeps 92 % of the narrower band (Kaiser window, stop band about -80 dB).
 * Works in slices with turns of the event loop between, so that a long file does not hold up sound that is running.
 * @param toHz 4,000 to 192,000, as is the rate of `source`
 */
export async function resample(source: Pcm, toHz: number): Promise<Pcm> {
  if (source.sampleRateHz === toHz) return source;
  const divisor = gcd(source.sampleRateHz, toHz);
  const up = toHz / divisor;
  const down = source.sampleRateHz / divisor;
  const phases = phasesOf(up, down);
  const target = new Int16Array(Math.floor((source.samples.length * up) / down));
  for (let from = 0; from < target.length; from += SLICE) {
    if (from > 0) await new Promise<void>((resolve) => setImmediate(resolve));
    fill(source.samples, target, from, Math.min(target.length, from + SLICE), up, down, phases);
  }
  return { samples: target, sampleRateHz: toHz };
}
