import { erlangB } from './erlang-b.ts';

/** One queue, one group of agents: arrivals per ms above 0, mean handling time in ms above 0, a whole number of agents of 1 or more. */
export interface QueueLoad {
  readonly arrivalsPerMs: number;
  readonly handlingMs: number;
  readonly agents: number;
}
export interface ErlangC {
  /** Share of the agents' time that is used, 0–1. */
  readonly occupancy: number;
  /** Probability that a contact has to wait. */
  readonly waitProbability: number;
  /** ASA, ms. */
  readonly averageWaitMs: number;
  /** Share answered within `thresholdMs`. */
  serviceLevel(thresholdMs: number): number;
}

/** M/M/n without abandons; undefined when the agents cannot keep up (load ≥ agents), where waits grow without end. */
export function erlangC({ arrivalsPerMs, handlingMs, agents }: QueueLoad): ErlangC | undefined {
  const load = arrivalsPerMs * handlingMs;
  if (!(load < agents)) return undefined;
  const occupancy = load / agents;
  const blocked = erlangB(load, agents);
  const waitProbability = blocked / (1 - occupancy * (1 - blocked));
  return {
    occupancy,
    waitProbability,
    averageWaitMs: (waitProbability * handlingMs) / (agents - load),
    serviceLevel: (thresholdMs) => 1 - waitProbability * Math.exp((-(agents - load) * thresholdMs) / handlingMs),
  };
}

/** The fewest agents with which Erlang C reaches a service level (0–1, below 1) within `thresholdMs`. */
export function agentsForServiceLevel(
  load: Omit<QueueLoad, 'agents'>,
  goal: { readonly serviceLevel: number; readonly thresholdMs: number },
): number {
  let agents = Math.floor(load.arrivalsPerMs * load.handlingMs) + 1;
  while ((erlangC({ ...load, agents })?.serviceLevel(goal.thresholdMs) ?? 0) < goal.serviceLevel) agents++;
  return agents;
}
