import { describe, expect, it } from 'vitest';
import { Agenda } from './agenda.ts';
import { type Arrivals, arrivalTimes, expectedArrivals } from './arrivals.ts';
import { estimateOf, studentT975 } from './confidence.ts';
import { type Distribution, drawMs, meanOf } from './distribution.ts';
import { randomStream } from './random-stream.ts';

const moments = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, deviation: Math.sqrt(variance) };
};

describe('random streams', () => {
  it('are even, and differ by seed and by name', () => {
    const draw = (seed: number, name: string) => Array.from({ length: 20_000 }, randomStream(seed, name));
    const { mean, deviation } = moments(draw(1, 'a'));
    expect(mean).toBeCloseTo(0.5, 2);
    expect(deviation).toBeCloseTo(1 / Math.sqrt(12), 2);
    expect(draw(1, 'a')).toEqual(draw(1, 'a'));
    expect(draw(2, 'a')).not.toEqual(draw(1, 'a'));
    expect(draw(1, 'b')).not.toEqual(draw(1, 'a'));
    expect(draw(2 ** 40 + 1, 'a')).not.toEqual(draw(1, 'a'));
  });
});

describe('distributions', () => {
  it.each<[Distribution, number]>([
    [{ kind: 'fixed', ms: 1_234 }, 0],
    [{ kind: 'exponential', meanMs: 60_000 }, 60_000],
    [{ kind: 'lognormal', meanMs: 240_000, deviationMs: 120_000 }, 120_000],
    [{ kind: 'empirical', valuesMs: [1_000, 2_000, 6_000] }, 2_160],
  ])('%j has its mean and deviation', (distribution, deviationMs) => {
    const random = randomStream(3, 'draw');
    const drawn = moments(Array.from({ length: 60_000 }, () => drawMs(distribution, random)));
    expect(Math.abs(drawn.mean / meanOf(distribution) - 1)).toBeLessThan(0.015);
    expect(Math.abs(drawn.deviation - deviationMs)).toBeLessThanOrEqual(0.03 * deviationMs);
  });
});

describe('arrivals', () => {
  const times = (arrivals: Arrivals, untilMs: number) => [...arrivalTimes(arrivals, untilMs, randomStream(4, 'come'))];

  it('come as often as expected, with exponential gaps', () => {
    const arrivals: Arrivals = { kind: 'poisson', perHour: 3_600 };
    const came = times(arrivals, 20_000_000);
    const gaps = moments(came.slice(1).map((atMs, index) => atMs - came[index]!));
    expect(Math.abs(came.length / expectedArrivals(arrivals, 20_000_000) - 1)).toBeLessThan(0.02);
    expect(Math.abs(gaps.deviation / gaps.mean - 1)).toBeLessThan(0.03);
  });

  it('follow a profile, and end with it', () => {
    const arrivals: Arrivals = { kind: 'profile', intervalMs: 1_000_000, expected: [1_000, 0, 4_000] };
    const came = times(arrivals, 10_000_000);
    const of = (interval: number) => came.filter((atMs) => Math.floor(atMs / 1_000_000) === interval).length;
    expect([of(0) / 1_000, of(1), of(2) / 4_000].map((share) => Math.round(share * 10) / 10)).toEqual([1, 0, 1]);
    expect(of(3)).toBe(0);
    expect(expectedArrivals(arrivals, 2_500_000)).toBe(3_000);
  });

  it('are exactly what was recorded', () => {
    expect(times({ kind: 'recorded', atMs: [0, 5, 5, 900, 1_000] }, 1_000)).toEqual([0, 5, 5, 900]);
  });
});

describe('agenda', () => {
  it('gives what is next by time, then by order of coming', () => {
    const agenda = new Agenda<string>();
    const random = randomStream(5, 'agenda');
    const put = Array.from({ length: 500 }, (_, index) => ({ atMs: Math.floor(random() * 50), what: `${index}` }));
    for (const { atMs, what } of put) agenda.put(atMs, what);
    const taken = put.map(() => agenda.take());
    const sorted = [...put].sort((a, b) => a.atMs - b.atMs || Number(a.what) - Number(b.what));
    expect(taken).toEqual(sorted.map(({ what }) => what));
    expect(agenda.take()).toBeUndefined();
    expect(agenda.nextMs).toBeUndefined();
  });
});

describe('confidence', () => {
  it('has the half-width of Student', () => {
    // Mean 5, deviation 2, four values: 3.182 × 2 / √4.
    const estimate = estimateOf([3, 4, 5, 8].map((value) => 5 + (value - 5) * (2 / Math.sqrt(14 / 3))));
    expect(estimate?.mean).toBeCloseTo(5, 9);
    expect(estimate?.halfWidth).toBeCloseTo(3.182, 3);
  });

  it.each([
    [9, 2.262],
    [30, 2.042],
    [31, 2.04],
    [60, 2.0],
    [120, 1.98],
  ])('t of %d degrees of freedom', (degrees, t) => {
    expect(studentT975(degrees)).toBeCloseTo(t, 2);
  });

  it('leaves out runs without a value, and has no interval of one', () => {
    expect(estimateOf([undefined, 3, undefined])).toEqual({ mean: 3, values: 1 });
    expect(estimateOf([undefined])).toBeUndefined();
  });

  it('takes out what a control explains', () => {
    const drawn = [1, 2, 3, 4, 5, 6, 7, 8];
    const estimate = estimateOf(
      drawn.map((value) => 10 + 3 * value),
      { values: drawn, expected: 5 },
    );
    expect(estimate?.mean).toBeCloseTo(25, 9);
    expect(estimate?.halfWidth).toBeCloseTo(0, 9);
  });

  it('holds the truth in about 95 of 100 cases, with a control as without', () => {
    const random = randomStream(6, 'cover');
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    let plain = 0;
    let controlled = 0;
    for (let round = 0; round < 2_000; round++) {
      const drawn = Array.from({ length: 10 }, normal);
      const values = drawn.map((value) => 2 * value + normal());
      const covers = (estimate: ReturnType<typeof estimateOf>) => Math.abs(estimate!.mean) <= estimate!.halfWidth!;
      if (covers(estimateOf(values))) plain++;
      if (covers(estimateOf(values, { values: drawn, expected: 0 }))) controlled++;
    }
    expect(Math.abs(plain / 2_000 - 0.95)).toBeLessThan(0.015);
    expect(Math.abs(controlled / 2_000 - 0.95)).toBeLessThan(0.015);
  });
});
