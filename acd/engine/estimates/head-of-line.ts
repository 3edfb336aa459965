import { type EstimateInput, SAMPLES_LEAST } from './estimator.ts';

/** HOL: one will wait as long as the first in line has waited up to now, less what one has waited already. */
export function headOfLine({ queue, waitedMs, nowMs }: EstimateInput): number | undefined {
  const head = queue.line.best(nowMs);
  if (queue.statistics.answers < SAMPLES_LEAST || !head) return undefined;
  return nowMs - head.enqueuedMs - waitedMs;
}
