import { erlangB } from './erlang-b.ts';
import type { QueueLoad } from './erlang-c.ts';

export interface ErlangA {
  /** Probability that a contact does not get an agent at once. */
  readonly waitProbability: number;
  readonly abandonProbability: number;
  /** Mean wait over all contacts, answered or not, ms. */
  readonly averageWaitMs: number;
  /** Share of the agents' time that is used, 0–1. */
  readonly occupancy: number;
}

/** Below this share of what is summed already, a state no longer counts. */
const NEGLIGIBLE = 1e-15;

/**
 * M/M/n+M: callers leave after an exponential patience with mean `patienceMs` (above 0). Birth–death: the states above "all busy" are summed
 * relative to it; those below follow from Erlang B.
 */
export function erlangA({
  arrivalsPerMs,
  handlingMs,
  agents,
  patienceMs,
}: QueueLoad & { readonly patienceMs: number }): ErlangA {
  const leavingPerMs = 1 / patienceMs;
  const servedPerMs = agents / handlingMs;
  let weight = 1;
  let allBusy = 1;
  let waiting = 0;
  for (let queued = 1; ; queued++) {
    weight *= arrivalsPerMs / (servedPerMs + queued * leavingPerMs);
    allBusy += weight;
    waiting += queued * weight;
    if (queued * weight < NEGLIGIBLE * waiting && arrivalsPerMs < servedPerMs + queued * leavingPerMs) break;
  }
  const total = 1 / erlangB(arrivalsPerMs * handlingMs, agents) + allBusy - 1;
  const averageWaitMs = waiting / total / arrivalsPerMs;
  const abandonProbability = averageWaitMs * leavingPerMs;
  return {
    waitProbability: allBusy / total,
    abandonProbability,
    averageWaitMs,
    occupancy: (arrivalsPerMs * handlingMs * (1 - abandonProbability)) / agents,
  };
}
