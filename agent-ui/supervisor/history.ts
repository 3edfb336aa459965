import type { Floor } from '../../acd/api/contract/index.ts';

/** Samples of the last hour, one every 30 s. */
const EVERY_MS = 30_000;
const KEPT = 120;

/** How many waited in each queue over the last hour, collected while the page is open. */
export interface QueueHistory {
  take(floor: Floor): void;
  of(queueId: string): readonly number[];
}

/** Each sample is the most that waited within its 30 s, so a short rush is not lost between two samples. */
export function createQueueHistory(): QueueHistory {
  const samples = new Map<string, number[]>();
  let slot = -1;
  return {
    take(floor) {
      const now = Math.floor(floor.serverNowMs / EVERY_MS);
      const fresh = now !== slot;
      slot = now;
      for (const queue of floor.queues) {
        const list = samples.get(queue.queueId) ?? [];
        if (fresh || list.length === 0) list.push(queue.waiting);
        else list[list.length - 1] = Math.max(list.at(-1) ?? 0, queue.waiting);
        if (list.length > KEPT) list.shift();
        samples.set(queue.queueId, list);
      }
    },
    of: (queueId) => samples.get(queueId) ?? [],
  };
}
