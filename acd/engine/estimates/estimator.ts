import type { Queue } from '../model.ts';

/** Below this many samples nothing is claimed. */
export const SAMPLES_LEAST = 5;

/** What an estimator may look at. */
export interface EstimateInput {
  readonly queue: Queue;
  /** How many stand before. */
  readonly ahead: number;
  /** How long this one has waited already; 0 for somebody who would join now. */
  readonly waitedMs: number;
  readonly nowMs: number;
}
