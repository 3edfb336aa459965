import type { StrategyRule } from './strategy.ts';

/** Longest since the last contact of any queue; sign-in counts as one. */
export const longestIdleInAny: StrategyRule = {
  reads: 'agent',
  numberOf: ({ agent }) => agent.lastEndMs,
};
