import { CHANNEL_CLASSES } from '../configuration.ts';
import { estimateToJoin } from '../estimates/estimate.ts';
import type { Queue } from '../model.ts';
import { emit, startTimer, type World } from '../world.ts';

const CHECK_MS = 5_000;

/** What a queue's reserve is judged by: the estimate, or the wait of the first in line while there is not enough data. */
function pressureMs(world: World, queue: Queue): number {
  const head = queue.line.best(world.nowMs);
  if (!head) return 0;
  const estimate = estimateToJoin(queue, world.nowMs);
  return estimate.known ? estimate.waitMs : world.nowMs - head.enqueuedMs;
}

/** Calls the reserve in above the upper threshold and lets it go below the lower one; in between it stays as it is. */
export function checkReserve(world: World, queue: Queue): void {
  const reserve = queue.settings.reserve;
  if (!reserve || queue.retired) return;
  const estimateMs = pressureMs(world, queue);
  if (!queue.reserveOn && estimateMs > reserve.joinAboveMs) {
    queue.reserveOn = true;
    emit(world, { type: 'reserve', queueId: queue.id, on: true, estimateMs });
    for (const name of CHANNEL_CLASSES) {
      for (const agents of queue.pool.ready[name]) {
        if (!agents.members.get(queue.id)?.reserve) continue;
        for (const agent of agents.ready[name].agents) {
          agent.fresh[name] = true;
          world.freed.add(agent);
        }
      }
    }
  } else if (queue.reserveOn && estimateMs < reserve.leaveBelowMs) {
    queue.reserveOn = false;
    emit(world, { type: 'reserve', queueId: queue.id, on: false, estimateMs });
  }
  if (!queue.reserveTimer && (queue.reserveOn || queue.line.size > 0)) {
    queue.reserveTimer = startTimer(world, world.nowMs + CHECK_MS, { kind: 'reserve', of: queue });
  }
}
