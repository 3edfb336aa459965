import { ofToday, type StrategyRule } from './strategy.ts';

/** Fewest contacts handled today over all queues. */
export const fewestHandledInAll: StrategyRule = {
  reads: 'agent',
  numberOf: ({ agent, day }) => ofToday(agent, day, agent.handledToday),
};
