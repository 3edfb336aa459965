import { drawOf } from '../random.ts';
import type { StrategyRule } from './strategy.ts';

/** Anyone, with equal chances. */
export const random: StrategyRule = { reads: 'draw', numberOf: ({ agent, draw }) => drawOf(draw, agent.order) };
