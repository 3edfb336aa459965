import { ofToday, type StrategyRule } from './strategy.ts';

/** Fewest contacts of this queue handled today. */
export const fewestHandledInQueue: StrategyRule = {
  reads: 'agent',
  numberOf: ({ agent, queueId, day }) => ofToday(agent, day, agent.records.get(queueId)?.handledToday ?? 0),
};
