import type { StrategyRule } from './strategy.ts';

/** Most idle time since sign-in, the present idle time included. All idle agents gain alike, so time drops out of the comparison. */
export const longestIdleAccumulated: StrategyRule = {
  reads: 'agent',
  numberOf: ({ agent }) => agent.idleSinceMs - agent.idleMs,
};
