import { ofToday, type StrategyRule } from './strategy.ts';

/** Least time spent today on contacts of this queue. */
export const leastTalkInQueue: StrategyRule = {
  reads: 'agent',
  numberOf: ({ agent, queueId, day }) => ofToday(agent, day, agent.records.get(queueId)?.talkTodayMs ?? 0),
};
