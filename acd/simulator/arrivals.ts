import { z } from 'zod';
import { LONGEST_MS } from './distribution.ts';
import type { RandomStream } from './random-stream.ts';

/** When contacts come, counted from the start of the scenario. */
export const arrivalsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('poisson'), perHour: z.number().positive().max(10_000_000) }),
  /** Poisson within each interval, with the expected number of each; nothing comes after the last one. */
  z.strictObject({
    kind: z.literal('profile'),
    intervalMs: z.number().int().min(1_000).max(LONGEST_MS),
    expected: z.array(z.number().min(0).max(10_000_000)).min(1).max(10_000),
  }),
  /** Exactly these times, in order. */
  z.strictObject({ kind: z.literal('recorded'), atMs: z.array(z.number().int().min(0)).max(5_000_000) }),
]);
export type Arrivals = z.infer<typeof arrivalsSchema>;

/** How many come on average until `untilMs`. */
export function expectedArrivals(arrivals: Arrivals, untilMs: number): number {
  switch (arrivals.kind) {
    case 'poisson':
      return (arrivals.perHour * untilMs) / 3_600_000;
    case 'profile':
      return arrivals.expected.reduce((sum, expected, index) => {
        const share = (untilMs - index * arrivals.intervalMs) / arrivals.intervalMs;
        return sum + expected * Math.min(1, Math.max(0, share));
      }, 0);
    case 'recorded':
      return arrivals.atMs.filter((atMs) => atMs < untilMs).length;
  }
}

/** Times of arrival in order, ms from the start, before `untilMs`. */
export function* arrivalTimes(arrivals: Arrivals, untilMs: number, random: RandomStream): Generator<number> {
  switch (arrivals.kind) {
    case 'poisson':
      yield* poissonTimes(0, untilMs, arrivals.perHour / 3_600_000, random);
      return;
    case 'profile':
      for (const [index, expected] of arrivals.expected.entries()) {
        const fromMs = index * arrivals.intervalMs;
        const toMs = Math.min(untilMs, fromMs + arrivals.intervalMs);
        // An exponential gap has no memory, so beginning anew at each interval is exact.
        if (expected > 0) yield* poissonTimes(fromMs, toMs, expected / arrivals.intervalMs, random);
      }
      return;
    case 'recorded':
      for (const atMs of arrivals.atMs) if (atMs < untilMs) yield atMs;
  }
}

function* poissonTimes(fromMs: number, toMs: number, perMs: number, random: RandomStream): Generator<number> {
  for (let atMs = fromMs; ; ) {
    atMs -= Math.log(1 - random()) / perMs;
    if (atMs >= toMs) return;
    yield Math.floor(atMs);
  }
}
