import type { Agent, Need } from '../model.ts';

/** What a strategy may look at. */
export interface Candidate {
  readonly agent: Agent;
  readonly queueId: string;
  /** Number of the local day; readings of "today" from another day count as 0. */
  readonly day: number;
  /** A fresh number of the seeded generator, the same for all candidates of one choice. */
  readonly draw: number;
  readonly need: Need;
}

/**
 * Puts eligible, free agents in order: the lowest number is asked first; ties go to the longest idle.
 * `reads` says what the number depends on: `agent` – only on the agent until its next event (kept in a heap); `class` – only on skills;
 * `draw` – on chance, so it is asked of everybody each time.
 */
export interface StrategyRule {
  readonly reads: 'agent' | 'class' | 'draw';
  readonly numberOf: (candidate: Candidate) => number;
}

/** A reading of "today" that is void when the day is over. */
export function ofToday(agent: Agent, day: number, value: number): number {
  return agent.day === day ? value : 0;
}
