import { ESTIMATORS, type Estimator } from '../configuration.ts';
import type { Contact, Queue } from '../model.ts';
import type { WaitEstimate } from '../state.ts';
import { type EstimateInput, SAMPLES_LEAST } from './estimator.ts';
import { headOfLine } from './head-of-line.ts';
import { lastToEnterService } from './last-to-enter-service.ts';
import { queueLength } from './queue-length.ts';

const MINUTE_MS = 60_000;

const RULES: Readonly<Record<Estimator, (input: EstimateInput) => number | undefined>> = {
  'queue-length': queueLength,
  'last-to-enter-service': lastToEnterService,
  'head-of-line': headOfLine,
};

/** What each estimator says, whole ms; those without enough data are left out. */
export function allEstimates(input: EstimateInput): Partial<Record<Estimator, number>> {
  const all: Partial<Record<Estimator, number>> = {};
  for (const estimator of ESTIMATORS) {
    const waitMs = RULES[estimator](input);
    if (waitMs !== undefined) all[estimator] = Math.max(0, Math.round(waitMs));
  }
  return all;
}

export function inputFor(contact: Contact, nowMs: number): EstimateInput {
  return {
    queue: contact.queue,
    ahead: contact.queue.line.countBefore(contact, nowMs),
    waitedMs: nowMs - contact.enqueuedMs,
    nowMs,
  };
}

/** The remaining wait of a contact that stands in line. */
export function estimateOf(contact: Contact, nowMs: number): WaitEstimate {
  if (!contact.inLine) return { known: false, why: 'not-waiting' };
  return chosen(inputFor(contact, nowMs));
}

/** The wait of somebody who would join now, behind all others. */
export function estimateToJoin(queue: Queue, nowMs: number): WaitEstimate {
  return chosen({ queue, ahead: queue.line.size, waitedMs: 0, nowMs });
}

function errorOf(queue: Queue, estimator: Estimator): number | undefined {
  const accuracy = queue.statistics.accuracy[estimator];
  return accuracy.samples < SAMPLES_LEAST ? undefined : accuracy.absoluteMs / accuracy.samples;
}

function chosen(input: EstimateInput): WaitEstimate {
  const all = allEstimates(input);
  const queue = input.queue;
  const wanted = queue.settings.estimator;
  let estimator: Estimator | undefined = wanted === 'best' ? undefined : wanted;
  if (wanted === 'best') {
    let least = Number.POSITIVE_INFINITY;
    for (const name of ESTIMATORS) {
      const error = errorOf(queue, name) ?? Number.MAX_VALUE;
      if (all[name] !== undefined && error < least) {
        least = error;
        estimator = name;
      }
    }
  }
  const waitMs = estimator && all[estimator];
  if (estimator === undefined || waitMs === undefined) return { known: false, why: 'not-enough-data' };
  const spread = errorOf(queue, estimator) ?? waitMs / 4;
  const from = Math.max(1, Math.floor((waitMs - spread) / MINUTE_MS)) * MINUTE_MS;
  const to = Math.max(from, Math.ceil((waitMs + spread) / MINUTE_MS) * MINUTE_MS);
  return { known: true, estimator, waitMs, rangeMs: { from, to }, all };
}
