import type { StrategyRule } from './strategy.ts';

/** Longest since the last voice contact, so that chats in between do not count. */
export const longestIdleInVoice: StrategyRule = {
  reads: 'agent',
  numberOf: ({ agent }) => agent.lastVoiceEndMs,
};
