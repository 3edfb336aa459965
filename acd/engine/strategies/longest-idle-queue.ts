import type { StrategyRule } from './strategy.ts';

/** Longest since the last contact of this queue; sign-in counts as one. */
export const longestIdleInQueue: StrategyRule = {
  reads: 'agent',
  numberOf: ({ agent, queueId }) => Math.max(agent.records.get(queueId)?.lastEndMs ?? 0, agent.signedInMs),
};
