import { z } from 'zod';
import type { RandomStream } from './random-stream.ts';

/** The longest single time, ms: 30 days. */
export const LONGEST_MS = 2_592_000_000;
const ms = z.number().min(0).max(LONGEST_MS);
const positiveMs = z.number().positive().max(LONGEST_MS);

/** How long something takes. */
export const distributionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), ms }),
  z.strictObject({ kind: z.literal('exponential'), meanMs: positiveMs }),
  /** Most handling times: few very short, a long tail. `deviationMs` is the standard deviation. */
  z.strictObject({ kind: z.literal('lognormal'), meanMs: positiveMs, deviationMs: positiveMs }),
  /** Measured times, each as likely as the other. */
  z.strictObject({ kind: z.literal('empirical'), valuesMs: z.array(ms).min(1).max(1_000_000) }),
]);
export type Distribution = z.infer<typeof distributionSchema>;

/** The mean, ms. */
export function meanOf(distribution: Distribution): number {
  if (distribution.kind === 'fixed') return distribution.ms;
  if (distribution.kind !== 'empirical') return distribution.meanMs;
  return distribution.valuesMs.reduce((sum, value) => sum + value, 0) / distribution.valuesMs.length;
}

/** Draws a time in whole ms, 0 to {@link LONGEST_MS}. */
export function drawMs(distribution: Distribution, random: RandomStream): number {
  return Math.min(LONGEST_MS, Math.round(draw(distribution, random)));
}

function draw(distribution: Distribution, random: RandomStream): number {
  switch (distribution.kind) {
    case 'fixed':
      return distribution.ms;
    case 'exponential':
      return -distribution.meanMs * Math.log(1 - random());
    case 'lognormal': {
      const variance = Math.log(1 + (distribution.deviationMs / distribution.meanMs) ** 2);
      return distribution.meanMs * Math.exp(Math.sqrt(variance) * drawNormal(random) - variance / 2);
    }
    case 'empirical':
      return distribution.valuesMs[Math.floor(random() * distribution.valuesMs.length)] ?? 0;
  }
}

/** Box–Muller; always two draws, so that a stream stays in step. */
function drawNormal(random: RandomStream): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}
