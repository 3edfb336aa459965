import { describe, expect, it } from 'vitest';
import { randomStream } from './random-stream.ts';
import { drawPatienceMs, survivalOf, survivingAt } from './survival.ts';

const wait = (waitMs: number, left: boolean) => ({ waitMs, left });

describe('Kaplan–Meier', () => {
  it('multiplies over those who were still there', () => {
    // At 1: 1 of 5 left; at 2 one was answered; at 3: 1 of 3 left; at 4: 1 of 2 left; at 5 one was answered.
    const survival = survivalOf([wait(3, true), wait(1, true), wait(5, false), wait(2, false), wait(4, true)]);
    expect(survival.atMs).toEqual([1, 3, 4]);
    expect(survival.share.map((share) => share.toFixed(4))).toEqual(['0.8000', '0.5333', '0.2667']);
    expect([0, 1, 2, 3.5, 9].map((atMs) => survivingAt(survival, atMs).toFixed(2))).toEqual([
      '1.00',
      '0.80',
      '0.80',
      '0.53',
      '0.27',
    ]);
  });

  it('finds the patience that waits had hidden', () => {
    const random = randomStream(1, 'patience');
    const seen = Array.from({ length: 20_000 }, () => {
      const patienceMs = -100_000 * Math.log(1 - random());
      const offeredMs = random() * 300_000;
      return wait(Math.min(patienceMs, offeredMs), patienceMs <= offeredMs);
    });
    const survival = survivalOf(seen);
    for (const atMs of [20_000, 100_000, 200_000])
      expect(survivingAt(survival, atMs)).toBeCloseTo(Math.exp(-atMs / 100_000), 1.5);
    const left = seen.filter(({ left }) => left);
    expect(left.reduce((sum, { waitMs }) => sum + waitMs, 0) / left.length).toBeLessThan(75_000);
  });

  it('draws beyond what somebody is known to have waited', () => {
    const survival = survivalOf([wait(1, true), wait(2, true), wait(3, true), wait(4, false)]);
    const random = randomStream(2, 'beyond');
    const drawn = Array.from({ length: 4_000 }, () => drawPatienceMs(survival, 2, random));
    const share = (value: number | undefined) => drawn.filter((patience) => patience === value).length / drawn.length;
    expect(share(3)).toBeCloseTo(0.5, 1);
    expect(share(undefined)).toBeCloseTo(0.5, 1);
    expect(share(3) + share(undefined)).toBe(1);
  });
});
