import { ofToday, type StrategyRule } from './strategy.ts';

/** Least time spent today on contacts of all queues. */
export const leastTalkInAll: StrategyRule = {
  reads: 'agent',
  numberOf: ({ agent, day }) => ofToday(agent, day, agent.talkTodayMs),
};
