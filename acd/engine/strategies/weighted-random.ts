import { drawOf } from '../random.ts';
import type { StrategyRule } from './strategy.ts';

/** Anyone, with chances in proportion to weight: the least of exponential draws with rate `weight`. */
export const weightedRandom: StrategyRule = {
  reads: 'draw',
  numberOf: ({ agent, draw }) => -Math.log(1 - drawOf(draw, agent.order)) / agent.weight,
};
