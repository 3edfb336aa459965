import type { StrategyRule } from './strategy.ts';

/** The least skilled of those who suffice (sum of all levels), so that experts stay free for what only they can do. */
export const leastSkilled: StrategyRule = {
  reads: 'class',
  numberOf: ({ agent }) => {
    let sum = 0;
    for (const level of Object.values(agent.skills)) sum += level;
    return sum;
  },
};
