import { describe, expect, it } from 'vitest';
import { isOpen, nextTime } from '../hours/local-time.ts';
import { type Configuration, configurationProblems } from '../index.ts';
import { dropSkill, isRequirement, lowerLevel, satisfies } from '../needs/requirement.ts';
import { Centre } from './centre.ts';

describe('requirements', () => {
  const requirement = {
    and: [{ skill: 'en', min: 3 }, { or: [{ skill: 'tax' }, { skill: 'law', min: 5 }] }, { not: { skill: 'new' } }],
  };

  it('AND, OR, NOT and levels', () => {
    expect(satisfies({ en: 3, tax: 1 }, requirement)).toBe(true);
    expect(satisfies({ en: 2, tax: 1 }, requirement)).toBe(false);
    expect(satisfies({ en: 3, law: 4 }, requirement)).toBe(false);
    expect(satisfies({ en: 3, tax: 1, new: 1 }, requirement)).toBe(false);
  });

  it('relax without touching what is forbidden', () => {
    expect(satisfies({ en: 1, tax: 1 }, lowerLevel(requirement, 'en', 1))).toBe(true);
    expect(satisfies({ tax: 1 }, dropSkill(requirement, 'en'))).toBe(true);
    expect(satisfies({ tax: 1, new: 1 }, dropSkill(dropSkill(requirement, 'en'), 'new'))).toBe(false);
  });

  it('from outside are limited in depth and number', () => {
    expect(isRequirement(requirement)).toBe(true);
    expect(isRequirement({ not: { not: { not: { not: { skill: 'a' } } } } })).toBe(false);
    expect(isRequirement({ or: Array.from({ length: 40 }, () => ({ skill: 'a' })) })).toBe(false);
  });
});

describe('hours', () => {
  const week = Array.from({ length: 7 }, (_, day) =>
    day === 0
      ? []
      : [
          { from: 540, to: 720 },
          { from: 780, to: 1_080 },
        ],
  );
  const calendar = { id: 'office', week, utcOffsetMinutes: 480, dates: { '2026-10-01': [] } };

  it('several periods a day, closed Sundays and holidays, in local time', () => {
    const at = (text: string): number => Date.parse(`${text}+08:00`);
    expect(isOpen(calendar, at('2026-09-30T11:59'))).toBe(true);
    expect(isOpen(calendar, at('2026-09-30T12:30'))).toBe(false);
    expect(isOpen(calendar, at('2026-10-01T10:00'))).toBe(false);
    expect(nextTime(calendar, at('2026-09-30T20:00'), true)).toBe(at('2026-10-02T09:00'));
    expect(nextTime(calendar, at('2026-10-02T10:00'), false)).toBe(at('2026-10-02T12:00'));
  });
});

describe('live configuration', () => {
  it('is checked as a whole, with every problem and its place', () => {
    const problems = configurationProblems({
      version: 1,
      queues: [
        {
          id: 'q',
          ageing: { pointsPerMinute: 0.5 },
          relaxation: [{ afterMs: 1, action: { do: 'add-queue', queueId: 'gone' } }],
        },
        { id: 'q', strategy: { kind: 'by-magic' } },
      ],
    } as unknown as Configuration);
    expect(problems).toEqual([
      'queues[1].id: q is there twice',
      'queues[0].ageing: whole points per minute, 0 to 1000',
      'queues[0].relaxation[0].action',
      'queues[1].strategy',
    ]);
  });

  it('a removed queue with waiting contacts needs a word on them, and they go there', () => {
    const centre = new Centre({ queues: [{ id: 'a' }, { id: 'b' }] });
    centre.call('c1', 'a');
    const configuration = { version: 2, queues: [{ id: 'b' }] };
    expect(centre.apply({ type: 'configuration-changed', configuration })).toMatchObject([
      { type: 'rejected', reason: 'queue-has-waiting', details: ['a'] },
    ]);
    centre.apply({ type: 'configuration-changed', configuration, removed: { a: { to: 'queue', queueId: 'b' } } });
    expect(centre.engine.contact('c1', centre.nowMs)).toMatchObject({ queueId: 'b', state: 'waiting' });
    centre.signIn('ann', ['b']);
    expect(centre.last('offer')?.contactId).toBe('c1');
  });
});

describe('other promises of routing', () => {
  it('a preferred agent is waited for, then everybody is asked', () => {
    const centre = new Centre({ queues: [{ id: 'q' }] });
    centre.signIn('owner', ['q']);
    centre.apply({ type: 'agent-status-changed', agentId: 'owner', status: 'break' });
    centre.signIn('ann', ['q']);
    centre.call('c1', 'q', { preferred: { agentIds: ['owner'], waitMs: 15_000 } });
    expect(
      centre.engine.explainContact('c1', centre.nowMs)?.agents.find(({ agentId }) => agentId === 'ann')?.reason,
    ).toBe('held-for-preferred-agent');
    centre.wait(15_000);
    expect(centre.last('offer')).toMatchObject({ agentId: 'ann', origin: 'routed' });
  });

  it('the reserve joins when the wait grows and leaves with hysteresis', () => {
    const centre = new Centre({
      queues: [{ id: 'q', reserve: { joinAboveMs: 30_000, leaveBelowMs: 10_000 }, wrapUpMs: { voice: 0 } }],
    });
    centre.apply({
      type: 'agent-signed-in',
      agentId: 'backup',
      status: 'available',
      queues: [{ queueId: 'q', reserve: true }],
    });
    centre.call('c1', 'q');
    centre.wait(30_000);
    expect(centre.all('offer')).toHaveLength(0);
    centre.wait(10_000);
    expect(centre.last('offer')?.agentId).toBe('backup');
    centre.accept();
    expect(centre.all('reserve').map(({ on }) => on)).toEqual([true, false]);
  });

  it('an attended transfer leaves the contact where it is until the other accepts', () => {
    const centre = new Centre({ queues: [{ id: 'q' }] });
    centre.signIn('ann', ['q']);
    centre.call('c1', 'q');
    centre.accept();
    centre.signIn('bob', ['q']);
    const transfer = {
      type: 'transferred-to-agent',
      contactId: 'c1',
      agentId: 'ann',
      toAgentId: 'bob',
      attended: true,
    } as const;
    centre.apply(transfer);
    centre.apply({ type: 'offer-declined', offerId: centre.last('offer')!.offerId });
    expect(centre.last('transfer-failed')).toMatchObject({ agentId: 'ann', toAgentId: 'bob', why: 'declined' });
    expect(centre.engine.contact('c1', centre.nowMs)).toMatchObject({ state: 'handling', agentId: 'ann' });
    centre.wait(60_000);
    centre.apply(transfer);
    centre.accept();
    expect(centre.engine.contact('c1', centre.nowMs)).toMatchObject({ state: 'handling', agentId: 'bob' });
    expect(centre.engine.agent('ann', centre.nowMs)?.state).toBe('wrap-up');
  });

  it('entry limits send contacts on, each with one outcome', () => {
    const centre = new Centre({
      queues: [
        {
          id: 'a',
          blocklist: ['spam'],
          entryLimits: [
            { when: 'blocked', then: { to: 'hang-up' } },
            { when: 'size', atLeast: 1, then: { to: 'queue', queueId: 'b' } },
          ],
        },
        { id: 'b', entryLimits: [{ when: 'size', atLeast: 1, then: { to: 'voicemail' } }] },
      ],
    });
    centre.call('c0', 'a', { customer: 'spam' });
    for (const id of ['c1', 'c2', 'c3']) centre.call(id, 'a');
    expect(centre.all('contact-ended').map(({ contactId, outcome }) => [contactId, outcome])).toEqual([
      ['c0', 'blocked'],
      ['c3', 'voicemail'],
    ]);
    expect(centre.all('contact-left').at(-2)).toMatchObject({ contactId: 'c3', outcome: 'overflowed', why: 'size' });
    expect(centre.engine.contact('c2', centre.nowMs)?.queueId).toBe('b');
  });

  it('draining finishes what runs, takes nothing new, then signs out', () => {
    const centre = new Centre({ queues: [{ id: 'q', wrapUpMs: { voice: 5_000 } }] });
    centre.signIn('ann', ['q']);
    centre.call('c1', 'q');
    centre.accept();
    centre.apply({ type: 'agent-drained', agentId: 'ann', on: true });
    centre.call('c2', 'q', { channel: 'chat' });
    centre.apply({ type: 'assignment-ended', contactId: 'c1', agentId: 'ann' });
    expect(centre.last('agent-state')).toMatchObject({ signedIn: true, draining: true, state: 'wrap-up' });
    centre.wait(5_000);
    expect(centre.last('agent-state')).toMatchObject({ signedIn: false });
    expect(centre.all('offer')).toHaveLength(1);
  });
});
