import { CHANNEL_CLASSES } from '../configuration.ts';
import type { StrategyRule } from './strategy.ts';

/** The greatest free share of all slots. */
export const leastBusy: StrategyRule = {
  reads: 'agent',
  numberOf: ({ agent }) => {
    let used = 0;
    let slots = 0;
    for (const name of CHANNEL_CLASSES) {
      used += agent.used[name];
      slots += agent.capacity.slots[name];
    }
    return slots === 0 ? 1 : used / slots;
  },
};
