import type { StrategyRule } from './strategy.ts';

/** Always from the top of the list: lowest rank in the queue. Who is not a member (a queue was added) comes last. */
export const topDown: StrategyRule = {
  reads: 'agent',
  numberOf: ({ agent, queueId }) => {
    const membership = agent.memberships.find((entry) => entry.queueId === queueId);
    return membership ? (membership.rank ?? 0) : Number.MAX_SAFE_INTEGER;
  },
};
