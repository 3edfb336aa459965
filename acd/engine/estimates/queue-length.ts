import { type EstimateInput, SAMPLES_LEAST } from './estimator.ts';

/**
 * QL: everybody ahead and then oneself must be served, one per mean time between answers of this queue while somebody waits. Before that
 * is measured: mean handling time shared by the agents signed in.
 */
export function queueLength({ queue, ahead }: EstimateInput): number | undefined {
  const { intervals, intervalMs, handles, handleMs } = queue.statistics;
  if (intervals >= SAMPLES_LEAST) return (ahead + 1) * intervalMs;
  if (handles >= SAMPLES_LEAST && queue.live > 0) return ((ahead + 1) * handleMs) / queue.live;
  return undefined;
}
