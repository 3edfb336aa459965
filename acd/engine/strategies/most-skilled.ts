import type { StrategyRule } from './strategy.ts';

/** Highest sum of levels in the skills that the contact asks for. */
export const mostSkilled: StrategyRule = {
  reads: 'class',
  numberOf: ({ agent, need }) => {
    let sum = 0;
    for (const skill of need.skills) sum -= Object.hasOwn(agent.skills, skill) ? agent.skills[skill]! : 0;
    return sum;
  },
};
