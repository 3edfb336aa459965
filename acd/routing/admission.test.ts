import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../engine/index.ts';
import { isKeptWhileAway, undoing } from './admission.ts';

const kept: readonly EngineEvent[] = [
  { type: 'contact-abandoned', contactId: 'c' },
  { type: 'offer-accepted', offerId: 'o' },
  { type: 'offer-failed', offerId: 'o', why: 'busy' },
  { type: 'assignment-ended', contactId: 'c', agentId: 'a' },
  { type: 'agent-lost', agentId: 'a', contacts: 'requeue' },
  { type: 'agent-status-changed', agentId: 'a', status: 'break' },
  { type: 'callback-attempted', contactId: 'c', result: 'busy' },
];
const refused: readonly EngineEvent[] = [
  { type: 'contact-enqueued', contactId: 'c', queueId: 'q', channel: 'voice' },
  { type: 'agent-status-changed', agentId: 'a', status: 'available' },
  { type: 'transferred-to-queue', contactId: 'c', agentId: 'a', queueId: 'q' },
  { type: 'tick' },
];

describe('while the database is away', () => {
  it.each(kept)('what happened to a call or an agent is kept: $type', (event) => {
    expect(isKeptWhileAway(event)).toBe(true);
  });

  it.each(refused)('new work is refused: $type', (event) => {
    expect(isKeptWhileAway(event)).toBe(false);
  });

  it('a refused contact is taken out again, and a refused command is not', () => {
    expect(undoing(refused[0]!)).toEqual({ type: 'contact-withdrawn', contactId: 'c', why: 'store-unavailable' });
    expect(undoing(refused[2]!)).toBeUndefined();
  });
});
