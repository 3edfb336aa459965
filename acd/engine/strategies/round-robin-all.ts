import type { StrategyRule } from './strategy.ts';

/** In turn over all queues: who was asked longest ago in any of them. */
export const roundRobinInAll: StrategyRule = { reads: 'agent', numberOf: ({ agent }) => agent.lastOffer };
