import { describe, expect, it } from 'vitest';
import { Centre } from './centre.ts';

const NO_WRAP_UP = { wrapUpMs: { voice: 0 } } as const;

describe('complaint 1: stuck in a state until a restart', () => {
  it('an agent whose phone never says anything is free again when the offer runs out', () => {
    const centre = new Centre({ queues: [{ id: 'q' }] });
    centre.signIn('ann', ['q']);
    centre.call('c1', 'q');
    centre.wait(20_000);
    expect(centre.last('offer-ended')).toMatchObject({ end: 'timed-out', agentId: 'ann' });
    expect(centre.engine.contact('c1', centre.nowMs)?.state).toBe('waiting');
    centre.wait(30_000);
    expect(centre.all('offer')).toHaveLength(2);
  });

  it('a supervisor frees an agent who is stuck with a ghost call', () => {
    const centre = new Centre({ queues: [{ id: 'q', ...NO_WRAP_UP }] });
    centre.signIn('ann', ['q']);
    centre.call('ghost', 'q');
    centre.accept();
    centre.apply({ type: 'agent-forced', agentId: 'ann', to: 'available', assignments: 'end' });
    expect(centre.all('contact-ended')).toHaveLength(1);
    centre.call('c2', 'q');
    expect(centre.last('offer')?.contactId).toBe('c2');
  });

  it('an agent who vanishes gives the caller back to the queue, at the old place', () => {
    const centre = new Centre({ queues: [{ id: 'q' }] });
    centre.signIn('ann', ['q']);
    centre.call('c1', 'q');
    centre.accept();
    centre.wait(60_000);
    centre.call('c2', 'q');
    centre.apply({ type: 'agent-lost', agentId: 'ann', contacts: 'requeue' });
    expect(centre.engine.position('c1', centre.nowMs)).toBe(1);
    expect(centre.engine.position('c2', centre.nowMs)).toBe(2);
  });
});

describe('complaint 2: newest before oldest, priority ignored across queues', () => {
  it('the oldest of equals is first, whichever of the queues of the agent it waits in', () => {
    const centre = new Centre({
      queues: [
        { id: 'a', ...NO_WRAP_UP },
        { id: 'b', ...NO_WRAP_UP },
      ],
    });
    for (const [id, queue] of [
      ['c1', 'b'],
      ['c2', 'a'],
      ['c3', 'b'],
      ['c4', 'a'],
    ] as const) {
      centre.call(id, queue);
      centre.wait(1_000);
    }
    centre.signIn('ann', ['a', 'b']);
    expect(centre.order()).toEqual(['c1', 'c2', 'c3', 'c4']);
  });

  it('priority goes before age over all queues, and explain says what stands ahead', () => {
    const centre = new Centre({
      queues: [
        { id: 'a', ...NO_WRAP_UP },
        { id: 'vip', priority: 100, ...NO_WRAP_UP },
      ],
    });
    centre.call('old', 'a');
    centre.wait(120_000);
    centre.call('gold', 'vip');
    centre.call('urgent', 'a', { priority: 50 });
    expect(centre.engine.explainContact('old', centre.nowMs)?.ahead.map((other) => other.contactId)).toEqual([
      'urgent',
    ]);
    centre.signIn('ann', ['a', 'vip']);
    expect(centre.order()).toEqual(['gold', 'urgent', 'old']);
  });

  it('a contact that came back after no answer is still before those who came later', () => {
    const centre = new Centre({ queues: [{ id: 'q', ...NO_WRAP_UP }] });
    centre.signIn('ann', ['q']);
    centre.call('c1', 'q');
    centre.wait(10_000);
    centre.call('c2', 'q');
    centre.apply({ type: 'offer-failed', offerId: centre.last('offer')!.offerId, why: 'busy' });
    centre.signIn('bob', ['q']);
    expect(centre.last('offer')).toMatchObject({ contactId: 'c1', agentId: 'bob' });
  });

  it('faster ageing overtakes and a cap holds it back again', () => {
    const centre = new Centre({
      queues: [{ id: 'q', ageing: { pointsPerMinute: 1 }, ...NO_WRAP_UP }],
      segments: { gold: { ageing: { pointsPerMinute: 10, cap: 5 } } },
    });
    centre.call('plain', 'q');
    centre.wait(120_000);
    centre.call('gold', 'q', { segment: 'gold' });
    centre.wait(60_000);
    expect(centre.engine.position('gold', centre.nowMs)).toBe(1);
    centre.wait(180_000);
    expect(centre.engine.position('gold', centre.nowMs)).toBe(2);
  });
});

describe('complaint 3: chat has no real queue', () => {
  it('chats wait with position, are offered by capacity, and voice holds new ones back', () => {
    const centre = new Centre({ queues: [{ id: 'q', announce: { everyMs: 15_000 } }] });
    for (let number = 1; number <= 7; number++) centre.call(`chat${number}`, 'q', { channel: 'chat' });
    expect(centre.engine.position('chat7', centre.nowMs)).toBe(7);
    expect(centre.all('announce').at(-1)).toMatchObject({ contactId: 'chat7', position: 7 });
    centre.signIn('ann', ['q']);
    expect(centre.all('offer')).toHaveLength(5);
    centre.call('call', 'q');
    expect(centre.last('offer')?.contactId).toBe('call');
    centre.apply({ type: 'offer-declined', offerId: centre.all('offer')[0]!.offerId });
    centre.apply({ type: 'agent-status-changed', agentId: 'ann', status: 'available' });
    expect(centre.all('offer')).toHaveLength(6);
    expect(centre.engine.explainAgent('ann', centre.nowMs)?.classes.chat.reason).toBe('blocked-by-other-channel');
  });
});

describe('complaint 4: capacity raced or bypassed', () => {
  it('the second acceptance of a contact is refused and changes nothing', () => {
    const centre = new Centre({ queues: [{ id: 'q', strategy: { kind: 'ring-all' } }] });
    centre.signIn('ann', ['q']);
    centre.signIn('bob', ['q']);
    centre.call('c1', 'q');
    const [first, second] = centre.all('offer');
    centre.apply({ type: 'offer-accepted', offerId: first!.offerId });
    const before = JSON.stringify(centre.engine.agent(second!.agentId, centre.nowMs));
    expect(centre.apply({ type: 'offer-accepted', offerId: second!.offerId })).toMatchObject([
      { type: 'rejected', reason: 'stale-offer' },
    ]);
    expect(JSON.stringify(centre.engine.agent(second!.agentId, centre.nowMs))).toBe(before);
    expect(centre.all('assign')).toHaveLength(1);
  });

  it('an acceptance after the expiry is refused, also when the tick is late', () => {
    const centre = new Centre({ queues: [{ id: 'q' }] });
    centre.signIn('ann', ['q']);
    centre.call('c1', 'q');
    const offer = centre.last('offer')!;
    centre.nowMs = offer.expiresMs;
    expect(centre.apply({ type: 'offer-accepted', offerId: offer.offerId })).toMatchObject([
      { type: 'rejected', reason: 'stale-offer' },
    ]);
    expect(centre.engine.nextDeadline()).toBe(offer.expiresMs);
    centre.apply({ type: 'tick' });
    expect(centre.last('offer-ended')).toMatchObject({ offerId: offer.offerId, end: 'timed-out' });
    expect(centre.engine.position('c1', centre.nowMs)).toBe(1);
  });

  it('neither a supervisor nor the agent gets a contact past capacity', () => {
    const centre = new Centre({ queues: [{ id: 'q' }] });
    centre.signIn('ann', ['q']);
    centre.call('c1', 'q');
    centre.accept();
    centre.call('c2', 'q');
    for (const type of ['contact-assigned', 'contact-pulled'] as const) {
      expect(centre.apply({ type, contactId: 'c2', agentId: 'ann' })).toMatchObject([
        { type: 'rejected', reason: 'no-capacity' },
      ]);
    }
  });
});

describe('complaint 7: no callback that keeps the place, no position, no estimate', () => {
  it('agent-first: the place stays, the agent is reserved, then the customer is dialled', () => {
    const centre = new Centre({ queues: [{ id: 'q', ...NO_WRAP_UP }] });
    centre.call('c1', 'q');
    centre.wait(5_000);
    centre.call('c2', 'q');
    centre.apply({ type: 'callback-accepted', contactId: 'c1', number: '+8610', mode: 'agent-first' });
    expect(centre.engine.position('c1', centre.nowMs)).toBe(1);
    centre.signIn('ann', ['q']);
    expect(centre.last('offer')).toMatchObject({ contactId: 'c1', callback: true });
    centre.accept();
    expect(centre.last('callback-dial')).toMatchObject({ number: '+8610', agentId: 'ann', attempt: 1 });
    centre.apply({ type: 'callback-attempted', contactId: 'c1', result: 'answered' });
    expect(centre.last('assign')).toMatchObject({ contactId: 'c1', agentId: 'ann' });
  });

  it('an unanswered callback is tried again later and frees the agent meanwhile; a second booking is refused', () => {
    const centre = new Centre({ queues: [{ id: 'q', ...NO_WRAP_UP }] });
    centre.call('c1', 'q');
    centre.call('c2', 'q');
    centre.apply({ type: 'callback-accepted', contactId: 'c1', number: '+8610', mode: 'agent-first' });
    expect(
      centre.apply({ type: 'callback-accepted', contactId: 'c2', number: '+8610', mode: 'agent-first' }),
    ).toMatchObject([{ type: 'rejected', reason: 'duplicate-callback' }]);
    centre.signIn('ann', ['q']);
    centre.accept();
    centre.apply({ type: 'callback-attempted', contactId: 'c1', result: 'no-answer' });
    expect(centre.last('callback-waiting')?.nextMs).toBe(centre.nowMs + 300_000);
    expect(centre.last('offer')?.contactId).toBe('c2');
    centre.apply({ type: 'contact-abandoned', contactId: 'c2' });
    centre.wait(300_000);
    expect(centre.last('offer')).toMatchObject({ contactId: 'c1', callback: true });
  });

  it('customer-first: dialled when an agent is free, and first in line when they answer', () => {
    const centre = new Centre({ queues: [{ id: 'q', ...NO_WRAP_UP }] });
    centre.call('c1', 'q');
    centre.apply({ type: 'callback-accepted', contactId: 'c1', number: '+8610', mode: 'customer-first' });
    centre.wait(60_000);
    expect(centre.all('callback-dial')).toHaveLength(0);
    centre.signIn('ann', ['q']);
    centre.wait(5_000);
    expect(centre.last('callback-dial')).toMatchObject({ contactId: 'c1' });
    centre.call('c2', 'q', { channel: 'chat' });
    centre.apply({ type: 'callback-attempted', contactId: 'c1', result: 'answered' });
    expect(centre.last('offer')).toMatchObject({ contactId: 'c1', agentId: 'ann' });
  });
});

describe('complaint 8: a chat that was assigned but never answered stays there', () => {
  it('goes to somebody else when the first does not answer, on every channel', () => {
    for (const channel of ['chat', 'email', 'social', 'sms', 'ticket'] as const) {
      const centre = new Centre({ queues: [{ id: 'q', offerTimeoutMs: { chat: 30_000, email: 30_000 } }] });
      centre.signIn('ann', ['q']);
      centre.call('c1', 'q', { channel });
      centre.wait(1_000);
      centre.signIn('bob', ['q']);
      centre.wait(30_000);
      expect(centre.last('offer'), channel).toMatchObject({ contactId: 'c1', agentId: 'bob' });
    }
  });
});

describe('complaint 9: wrap-up ignored or invisible', () => {
  it('is a state with an end that everybody sees, can be extended within limits, and always ends', () => {
    const centre = new Centre({ queues: [{ id: 'q', wrapUpMs: { voice: 20_000 }, wrapUpMostMs: 50_000 }] });
    centre.signIn('ann', ['q']);
    centre.call('c1', 'q');
    centre.accept();
    centre.apply({ type: 'assignment-ended', contactId: 'c1', agentId: 'ann' });
    expect(centre.engine.agent('ann', centre.nowMs)).toMatchObject({
      state: 'wrap-up',
      work: [{ endsMs: centre.nowMs + 20_000 }],
    });
    centre.call('c2', 'q');
    expect(centre.last('offer')?.contactId).toBe('c1');
    const startMs = centre.nowMs;
    centre.apply({ type: 'wrap-up-extended', contactId: 'c1', agentId: 'ann', byMs: 600_000 });
    expect(centre.last('wrap-up-changed')?.endsMs).toBe(startMs + 50_000);
    expect(centre.apply({ type: 'wrap-up-extended', contactId: 'c1', agentId: 'ann', byMs: 1 })).toMatchObject([
      { reason: 'wrap-up-at-limit' },
    ]);
    centre.wait(50_000);
    expect(centre.last('wrap-up-ended')).toMatchObject({ wrapUpMs: 50_000, why: 'timed-out' });
    expect(centre.last('offer')?.contactId).toBe('c2');
  });
});

describe('complaint 12: no skills', () => {
  const relaxation = [
    { afterMs: 30_000, action: { do: 'lower-level', skill: 'english', to: 1 } },
    { afterMs: 30_000, action: { do: 'drop-skill', skill: 'english' } },
  ] as const;

  it('levels count, and relax over time while the place is kept', () => {
    const centre = new Centre({ queues: [{ id: 'q', relaxation }] });
    centre.signIn('expert', ['q'], { english: 9 });
    centre.apply({ type: 'agent-status-changed', agentId: 'expert', status: 'break' });
    centre.signIn('beginner', ['q'], { english: 2 });
    centre.call('c1', 'q', { requirement: { skill: 'english', min: 5 } });
    expect(centre.all('offer')).toHaveLength(0);
    expect(centre.engine.explainContact('c1', centre.nowMs)).toMatchObject({
      couldTake: 0,
      agents: [
        { agentId: 'beginner', reason: 'skills', detail: 'english ≥ 5' },
        { agentId: 'expert', reason: 'on-break' },
      ],
    });
    centre.wait(30_000);
    expect(centre.last('relaxed')).toMatchObject({ step: 1, why: 'waited' });
    expect(centre.last('offer')).toMatchObject({ contactId: 'c1', agentId: 'beginner' });
  });

  it('a step that nobody signed in could satisfy is skipped at once', () => {
    const centre = new Centre({ queues: [{ id: 'q', relaxation }] });
    centre.signIn('ann', ['q'], { chinese: 9 });
    centre.call('c1', 'q', { requirement: { skill: 'english', min: 5 } });
    expect(centre.all('relaxed').map((effect) => effect.why)).toEqual(['skipped', 'skipped']);
    expect(centre.last('offer')?.agentId).toBe('ann');
  });
});

describe('complaint 18: the estimated wait is not believed', () => {
  it('says nothing without data, then a range that is never 0, and measures its own error', () => {
    const centre = new Centre({ queues: [{ id: 'q', ...NO_WRAP_UP }] });
    centre.signIn('ann', ['q']);
    expect(centre.engine.estimateWait({ queueId: 'q' }, centre.nowMs)).toEqual({
      known: false,
      why: 'not-enough-data',
    });
    for (let number = 0; number < 12; number++) centre.call(`c${number}`, 'q');
    for (let number = 0; number < 12; number++) {
      centre.wait(5_000);
      centre.accept();
      centre.wait(55_000);
      centre.call(`d${number}`, 'q');
      centre.apply({ type: 'assignment-ended', contactId: centre.last('assign')!.contactId, agentId: 'ann' });
    }
    for (let number = 0; number < 12; number++) {
      centre.wait(5_000);
      centre.accept();
      centre.wait(55_000);
      centre.apply({ type: 'assignment-ended', contactId: centre.last('assign')!.contactId, agentId: 'ann' });
    }
    const estimate = centre.engine.estimateWait({ queueId: 'q' }, centre.nowMs);
    expect(estimate.known && estimate.rangeMs.from).toBeGreaterThanOrEqual(60_000);
    const { accuracy } = centre.engine.queue('q', centre.nowMs)!;
    const resolved = centre
      .all('prediction-resolved')
      .map((effect) => effect.errors['queue-length'])
      .filter((error) => error !== undefined);
    expect(resolved.length).toBeGreaterThanOrEqual(5);
    expect(accuracy['queue-length'].samples).toBe(resolved.length);
    expect(accuracy['queue-length'].biasMs).toBeCloseTo(
      resolved.reduce((sum, error) => sum + error, 0) / resolved.length,
    );
  });

  it('is announced again only when it fell', () => {
    const centre = new Centre({ queues: [{ id: 'q', announce: { everyMs: 10_000 } }] });
    centre.call('c1', 'q');
    centre.call('c2', 'q');
    centre.wait(60_000);
    expect(centre.all('announce').filter((effect) => effect.contactId === 'c2')).toHaveLength(1);
    centre.apply({ type: 'contact-abandoned', contactId: 'c1' });
    centre.wait(60_000);
    expect(
      centre
        .all('announce')
        .filter((effect) => effect.contactId === 'c2')
        .map((effect) => effect.position),
    ).toEqual([2, 1]);
  });
});
