import { describe, expect, it } from 'vitest';
import type { LiveAgent } from '../../acd/api/contract/index.ts';
import { attentionOf, byAttention } from './attention.ts';

const NOW = 10_000_000;
const agent = (change: Partial<LiveAgent>): LiveAgent => ({
  agentId: change.displayName ?? 'a',
  displayName: 'a',
  status: 'available',
  state: 'idle',
  sinceMs: NOW,
  phoneRegistered: true,
  draining: false,
  contactIds: [],
  handledToday: 0,
  missedToday: 0,
  ...change,
});

describe('what needs a supervisor’s look', () => {
  it('is an available agent whose phone is away', () => {
    expect(attentionOf(agent({ phoneRegistered: false }), NOW)).toBe('phone-away');
  });
  it('is not an offline agent, whatever else is true', () => {
    expect(attentionOf(agent({ status: 'offline', phoneRegistered: false, missedToday: 9 }), NOW)).toBe('none');
  });
  it('is a wrap-up or a break that lasts too long', () => {
    expect(attentionOf(agent({ state: 'wrap-up', sinceMs: NOW - 121_000 }), NOW)).toBe('wrap-up-long');
    expect(attentionOf(agent({ state: 'wrap-up', sinceMs: NOW - 20_000 }), NOW)).toBe('none');
    expect(attentionOf(agent({ status: 'break', sinceMs: NOW - 1_900_000 }), NOW)).toBe('break-long');
  });
  it('puts those first, offline last, and equals by name so that nothing jumps', () => {
    const names = byAttention(
      [
        agent({ displayName: 'offline', status: 'offline' }),
        agent({ displayName: 'idle-b' }),
        agent({ displayName: 'idle-a' }),
        agent({ displayName: 'break', status: 'break' }),
        agent({ displayName: 'busy', state: 'handling' }),
        agent({ displayName: 'away', phoneRegistered: false }),
      ],
      NOW,
    ).map((one) => one.displayName);
    expect(names).toEqual(['away', 'busy', 'idle-a', 'idle-b', 'break', 'offline']);
  });
});
