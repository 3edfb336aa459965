import { ESTIMATORS } from '../configuration.ts';
import type { Contact, Queue, QueueStatistics } from '../model.ts';
import { emit, type World } from '../world.ts';

/** Weight of the newest sample in a moving mean. */
const NEWEST = 0.1;

export function emptyStatistics(): QueueStatistics {
  const accuracy = () => ({ samples: 0, absoluteMs: 0, signedMs: 0 });
  return {
    answers: 0,
    lastWaitMs: 0,
    lastAnswerMs: 0,
    busy: false,
    intervalMs: 0,
    intervals: 0,
    handleMs: 0,
    handles: 0,
    accuracy: {
      'queue-length': accuracy(),
      'last-to-enter-service': accuracy(),
      'head-of-line': accuracy(),
    },
  };
}

function meanWith(mean: number, samples: number, value: number): number {
  return samples === 0 ? value : mean + Math.max(NEWEST, 1 / (samples + 1)) * (value - mean);
}

/** A contact is answered: called while it still stands in line. Also settles the prediction that was made for it. */
export function noteAnswered(world: World, contact: Contact): void {
  const statistics = contact.queue.statistics;
  if (statistics.busy) {
    statistics.intervalMs = meanWith(
      statistics.intervalMs,
      statistics.intervals,
      world.nowMs - statistics.lastAnswerMs,
    );
    statistics.intervals++;
  }
  statistics.busy = true;
  statistics.lastAnswerMs = world.nowMs;
  statistics.lastWaitMs = world.nowMs - contact.enqueuedMs;
  statistics.answers++;
  const prediction = contact.prediction;
  if (!prediction) return;
  const actualMs = world.nowMs - prediction.atMs;
  const errors: Record<string, number> = {};
  for (const estimator of ESTIMATORS) {
    const waitMs = prediction.waits[estimator];
    if (waitMs === undefined) continue;
    const error = waitMs - actualMs;
    errors[estimator] = error;
    const accuracy = statistics.accuracy[estimator];
    accuracy.samples++;
    accuracy.absoluteMs += Math.abs(error);
    accuracy.signedMs += error;
  }
  emit(world, { type: 'prediction-resolved', contactId: contact.id, queueId: contact.queue.id, actualMs, errors });
}

/** A slot was freed after `ms` of talk and wrap-up. */
export function noteHandled(queue: Queue, ms: number): void {
  const statistics = queue.statistics;
  statistics.handleMs = meanWith(statistics.handleMs, statistics.handles, ms);
  statistics.handles++;
}
