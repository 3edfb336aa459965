import { describe, expect, it } from 'vitest';
import type { Strategy } from '../index.ts';
import { Centre } from '../proof/centre.ts';

/** Three agents with different pasts: ann took a call of this queue, bob a chat and a call of another, cat nothing but joined last. */
function centreWith(strategy: Strategy): Centre {
  const centre = new Centre({
    queues: [
      { id: 'q', strategy, wrapUpMs: { voice: 0 } },
      { id: 'other', wrapUpMs: { voice: 0 } },
    ],
    agents: [
      { id: 'ann', skills: { en: 2, tax: 9 }, queues: [{ queueId: 'q', rank: 2 }, { queueId: 'other' }], weight: 1 },
      { id: 'bob', skills: { en: 5 }, queues: [{ queueId: 'q', rank: 3 }, { queueId: 'other' }], weight: 1_000_000 },
      { id: 'cat', skills: { en: 3 }, queues: [{ queueId: 'q', rank: 1 }, { queueId: 'other' }], weight: 1 },
    ],
  });
  let number = 0;
  const serve = (agentId: string, queueId: string, channel: 'voice' | 'chat', ms: number): void => {
    const contactId = `${agentId}-${++number}`;
    centre.call(contactId, queueId, { channel, preferred: { agentIds: [agentId], waitMs: 1_000 } });
    centre.accept();
    centre.wait(ms);
    centre.apply({ type: 'assignment-ended', contactId, agentId });
    centre.wait(1_000);
  };
  for (const agentId of ['ann', 'bob', 'cat']) {
    centre.apply({ type: 'agent-signed-in', agentId, status: 'available' });
    centre.wait(1_000);
  }
  serve('cat', 'other', 'voice', 50_000);
  serve('ann', 'q', 'voice', 20_000);
  serve('bob', 'q', 'voice', 5_000);
  serve('bob', 'other', 'voice', 10_000);
  serve('ann', 'other', 'chat', 1_000);
  return centre;
}

function chosen(strategy: Strategy): string | undefined {
  const centre = centreWith(strategy);
  centre.call('next', 'q', { requirement: { skill: 'en' } });
  return centre.all('offer').find((offer) => offer.contactId === 'next')?.agentId;
}

describe('each strategy chooses whom it says', () => {
  it.each<[Strategy, string]>([
    [{ kind: 'longest-idle', since: 'queue' }, 'cat'],
    [{ kind: 'longest-idle', since: 'any' }, 'cat'],
    [{ kind: 'longest-idle', since: 'voice' }, 'cat'],
    [{ kind: 'longest-idle', since: 'accumulated' }, 'bob'],
    [{ kind: 'fewest-handled', scope: 'queue' }, 'cat'],
    [{ kind: 'fewest-handled', scope: 'all' }, 'cat'],
    [{ kind: 'least-talk', scope: 'queue' }, 'cat'],
    [{ kind: 'least-talk', scope: 'all' }, 'bob'],
    [{ kind: 'round-robin', scope: 'queue' }, 'cat'],
    [{ kind: 'round-robin', scope: 'all' }, 'cat'],
    [{ kind: 'top-down' }, 'cat'],
    [{ kind: 'weighted-random' }, 'bob'],
    [{ kind: 'most-skilled' }, 'bob'],
    [{ kind: 'least-skilled' }, 'cat'],
  ])('%j → %s', (strategy, agentId) => {
    expect(chosen(strategy)).toBe(agentId);
  });

  it('least-busy takes the one with the greatest free share of slots', () => {
    const centre = centreWith({ kind: 'least-busy' });
    centre.call('chat', 'q', { channel: 'chat', preferred: { agentIds: ['cat'], waitMs: 1_000 } });
    centre.accept();
    centre.call('chat2', 'q', { channel: 'chat' });
    expect(centre.last('offer')?.agentId).not.toBe('cat');
  });

  it('random gives everybody about the same and the same seed gives the same', () => {
    const counts = (): Record<string, number> => {
      const centre = centreWith({ kind: 'random' });
      const found: Record<string, number> = {};
      for (let number = 0; number < 300; number++) {
        centre.call(`r${number}`, 'q');
        const { agentId } = centre.last('offer')!;
        found[agentId] = (found[agentId] ?? 0) + 1;
        centre.apply({ type: 'contact-abandoned', contactId: `r${number}` });
      }
      return found;
    };
    const first = counts();
    expect(Math.min(...Object.values(first))).toBeGreaterThan(70);
    expect(counts()).toEqual(first);
  });

  it('lower tiers are asked first, whatever the strategy says', () => {
    const centre = new Centre({ queues: [{ id: 'q' }] });
    centre.apply({
      type: 'agent-signed-in',
      agentId: 'second',
      status: 'available',
      queues: [{ queueId: 'q', tier: 2 }],
    });
    centre.wait(60_000);
    centre.apply({
      type: 'agent-signed-in',
      agentId: 'first',
      status: 'available',
      queues: [{ queueId: 'q', tier: 1 }],
    });
    centre.call('c1', 'q');
    expect(centre.last('offer')?.agentId).toBe('first');
  });

  it('ring-progressive asks one more at a time until somebody accepts', () => {
    const centre = new Centre({ queues: [{ id: 'q', strategy: { kind: 'ring-progressive', everyMs: 5_000 } }] });
    for (const agentId of ['ann', 'bob', 'cat']) centre.signIn(agentId, ['q']);
    centre.call('c1', 'q');
    expect(centre.all('offer')).toHaveLength(1);
    centre.wait(5_000);
    expect(centre.all('offer')).toHaveLength(2);
    centre.accept();
    expect(centre.all('offer-ended')).toMatchObject([{ end: 'withdrawn', why: 'taken' }]);
    centre.wait(20_000);
    expect(centre.all('offer')).toHaveLength(2);
  });
});
