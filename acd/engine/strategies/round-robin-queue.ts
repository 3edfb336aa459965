import type { StrategyRule } from './strategy.ts';

/** In turn: who was asked longest ago in this queue. */
export const roundRobinInQueue: StrategyRule = {
  reads: 'agent',
  numberOf: ({ agent, queueId }) => agent.records.get(queueId)?.lastOffer ?? 0,
};
