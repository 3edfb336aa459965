import { type EstimateInput, SAMPLES_LEAST } from './estimator.ts';

/** LES: one will wait as long as the last one who was answered, less what one has waited already. */
export function lastToEnterService({ queue, waitedMs }: EstimateInput): number | undefined {
  if (queue.statistics.answers < SAMPLES_LEAST) return undefined;
  return queue.statistics.lastWaitMs - waitedMs;
}
