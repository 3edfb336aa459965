import type { Strategy } from '../configuration.ts';
import { fewestHandledInAll } from './fewest-handled-all.ts';
import { fewestHandledInQueue } from './fewest-handled-queue.ts';
import { leastBusy } from './least-busy.ts';
import { leastSkilled } from './least-skilled.ts';
import { leastTalkInAll } from './least-talk-all.ts';
import { leastTalkInQueue } from './least-talk-queue.ts';
import { longestIdleAccumulated } from './longest-idle-accumulated.ts';
import { longestIdleInAny } from './longest-idle-any.ts';
import { longestIdleInQueue } from './longest-idle-queue.ts';
import { longestIdleInVoice } from './longest-idle-voice.ts';
import { mostSkilled } from './most-skilled.ts';
import { random } from './random.ts';
import { roundRobinInAll } from './round-robin-all.ts';
import { roundRobinInQueue } from './round-robin-queue.ts';
import type { StrategyRule } from './strategy.ts';
import { topDown } from './top-down.ts';
import { weightedRandom } from './weighted-random.ts';

const LONGEST_IDLE = {
  queue: longestIdleInQueue,
  any: longestIdleInAny,
  voice: longestIdleInVoice,
  accumulated: longestIdleAccumulated,
} as const;

/** How a strategy puts agents in order. The ringing strategies ring in the order of longest idle. */
export function ruleOf(strategy: Strategy): StrategyRule {
  switch (strategy.kind) {
    case 'longest-idle':
      return LONGEST_IDLE[strategy.since];
    case 'least-busy':
      return leastBusy;
    case 'fewest-handled':
      return strategy.scope === 'queue' ? fewestHandledInQueue : fewestHandledInAll;
    case 'least-talk':
      return strategy.scope === 'queue' ? leastTalkInQueue : leastTalkInAll;
    case 'round-robin':
      return strategy.scope === 'all' ? roundRobinInAll : roundRobinInQueue;
    case 'top-down':
      return topDown;
    case 'random':
      return random;
    case 'weighted-random':
      return weightedRandom;
    case 'most-skilled':
      return mostSkilled;
    case 'least-skilled':
      return leastSkilled;
    case 'ring-all':
    case 'ring-progressive':
      return longestIdleInAny;
  }
}
