import { describe, expect, it } from 'vitest';
import { nextAnnouncement, rangeOf, rangePrompt, WAIT_BOUNDS_MINUTES } from './announce.ts';

const both = { position: true, estimate: true };

describe('announcing position and wait', () => {
  it('never announces zero, a negative or an unknown wait', () => {
    for (const waitMs of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(rangeOf(waitMs)).toBeUndefined();
    expect(rangeOf(1)?.fromMs).toBeGreaterThan(0);
    expect(nextAnnouncement({}, { position: 0 }, both).saying).toEqual([]);
  });

  it('announces a range that holds the wait', () => {
    for (let waitMs = 500; waitMs < 30 * 60_000; waitMs += 7_919) {
      const range = rangeOf(waitMs)!;
      expect(range.toMs).toBeGreaterThanOrEqual(waitMs);
      expect(range.fromMs).toBeLessThanOrEqual(Math.max(waitMs, 1_000));
    }
    expect(rangePrompt(rangeOf(150_000)!)).toBe('wait-2-3');
    expect(rangePrompt(rangeOf(30_000)!)).toBe('wait-under-1');
    expect(rangePrompt(rangeOf(WAIT_BOUNDS_MINUTES.at(-1)! * 60_000 + 1)!)).toBe('wait-over-30');
  });

  it('announces again only what fell', () => {
    const first = nextAnnouncement({}, { position: 3, waitMs: 150_000 }, both);
    expect(first.saying).toEqual([{ prompt: 'you-are-number' }, { prompt: 'position-3' }, { prompt: 'wait-2-3' }]);
    const same = nextAnnouncement(first.announced, { position: 3, waitMs: 150_000 }, both);
    expect(same.saying).toEqual([]);
    const worse = nextAnnouncement(first.announced, { position: 4, waitMs: 400_000 }, both);
    expect(worse.saying).toEqual([]);
    const better = nextAnnouncement(worse.announced, { position: 2, waitMs: 400_000 }, both);
    expect(better.saying).toEqual([{ prompt: 'you-are-number' }, { prompt: 'position-2' }]);
  });
});
