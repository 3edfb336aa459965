import { describe, expect, it } from 'vitest';
import type { HangupCause } from '../../switch/index.ts';
import { createRig, NUMBER, type Rig } from './testing/rig.ts';

const noErrors = (rig: Rig) => expect(rig.lines.filter((line) => line.level === 'error')).toEqual([]);
const endOf = (rig: Rig, contactId: string) => rig.records.contacts.get(contactId)?.end;
const agentState = (rig: Rig, agentId: string) => rig.routing.agent(agentId)?.state;

describe('caller hangs up in any state', () => {
  const states: Record<string, (rig: Rig) => Promise<string>> = {
    'while the greeting plays': async (rig) => {
      const legId = rig.control.callIn({ callerNumber: '1', dialedNumber: NUMBER });
      await rig.pass(500);
      return legId;
    },
    'in the menu': async (rig) => {
      const legId = rig.control.callIn({ callerNumber: '1', dialedNumber: NUMBER });
      await rig.pass(1_500);
      return legId;
    },
    'while waiting': async (rig) => {
      const legId = await rig.callerInQueue();
      await rig.pass(3_000);
      return legId;
    },
    'while the agent’s phone rings': async (rig) => {
      await rig.signIn('anna');
      rig.control.setPhone('phone-anna', { does: 'ring' });
      const legId = await rig.callerInQueue();
      await rig.pass(1_000);
      return legId;
    },
    'while talking': async (rig) => (await rig.conversation()).callerLegId,
    'on hold': async (rig) => {
      const { callerLegId, contactId } = await rig.conversation();
      await rig.voice.command({ kind: 'hold', contactId, agentId: 'anna' });
      return callerLegId;
    },
    'while leaving a message': async (rig) => {
      const legId = rig.control.callIn({ callerNumber: '1', dialedNumber: NUMBER });
      await rig.pass(1_500);
      rig.control.press(legId, '2');
      await rig.pass(4_000);
      return legId;
    },
    'while an outside number rings': async (rig) => {
      const legId = rig.control.callIn({ callerNumber: '1', dialedNumber: NUMBER });
      await rig.pass(1_500);
      rig.control.press(legId, '3');
      await rig.pass(2_000);
      return legId;
    },
    'while talking outside': async (rig) => {
      rig.control.setPhone('10086', { does: 'answer', afterMs: 500 });
      const legId = rig.control.callIn({ callerNumber: '1', dialedNumber: NUMBER });
      await rig.pass(1_500);
      rig.control.press(legId, '3');
      await rig.pass(4_000);
      expect(rig.control.legOf('10086')?.bridgedTo).toBe(legId);
      return legId;
    },
  };
  for (const [state, into] of Object.entries(states)) {
    it(state, async () => {
      const rig = await createRig();
      const legId = await into(rig);
      const contactId = rig.contactOf(legId);
      rig.control.phoneEnds(legId);
      await rig.pass(1_000);
      expect(rig.control.legs.size).toBe(0);
      expect(endOf(rig, contactId)?.outcome).toBeDefined();
      await rig.pass(60_000);
      expect(rig.voice.live.liveContacts()).toEqual([]);
      expect(rig.routing.contactIds()).toEqual([]);
      expect(rig.records.contacts.get(contactId)?.closedAtMs).toBeDefined();
      expect(rig.control.legs.size).toBe(0);
      noErrors(rig);
    });
  }

  it('within seconds in a menu counts as a short abandon, later in the queue as abandoned', async () => {
    const rig = await createRig();
    const early = rig.control.callIn({ callerNumber: '1', dialedNumber: NUMBER });
    await rig.pass(500);
    const late = await rig.callerInQueue('2');
    await rig.pass(10_000);
    const ids = [rig.contactOf(early), rig.contactOf(late)];
    rig.control.phoneEnds(late);
    await rig.settle();
    expect(endOf(rig, ids[1]!)?.outcome).toBe('abandoned');
  });

  it('a message that was ended by hanging up is kept', async () => {
    const rig = await createRig();
    const legId = rig.control.callIn({ callerNumber: '1', dialedNumber: NUMBER });
    await rig.pass(1_500);
    rig.control.press(legId, '2');
    await rig.pass(4_000);
    const contactId = rig.contactOf(legId);
    rig.control.phoneEnds(legId);
    await rig.settle();
    expect([...rig.records.recordings.values()]).toMatchObject([{ kind: 'voicemail', end: { state: 'stored' } }]);
    expect(endOf(rig, contactId)?.outcome).toBe('voicemail');
  });
});

describe('the agent’s phone', () => {
  it('rings out: the offer times out, the agent is left alone, the caller keeps waiting and is offered again', async () => {
    const rig = await createRig();
    await rig.signIn('anna');
    rig.control.setPhone('phone-anna', { does: 'ring' });
    const legId = await rig.callerInQueue();
    const contactId = rig.contactOf(legId);
    await rig.pass(15_500);
    expect(rig.routing.effects.find((effect) => effect.type === 'offer-ended')).toMatchObject({ end: 'timed-out' });
    expect(rig.voice.live.deskContacts('anna')).toEqual([]);
    expect(rig.voice.live.liveContact(contactId)?.state).toBe('waiting');
    rig.control.setPhone('phone-anna', { does: 'answer', afterMs: 500 });
    await rig.pass(6_000);
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(legId);
    noErrors(rig);
  });

  const failures = [
    ['is busy', { does: 'busy', afterMs: 100 }, 'busy'],
    ['rejects', { does: 'reject', afterMs: 100 }, 'declined'],
    ['fails', { does: 'fail', afterMs: 100 }, 'failed'],
  ] as const;
  for (const [name, script, end] of failures) {
    it(`${name}: the offer ends with that reason and the next agent is asked`, async () => {
      const rig = await createRig();
      await rig.signIn('anna');
      rig.control.setPhone('phone-anna', script);
      const legId = await rig.callerInQueue();
      await rig.signIn('bo');
      await rig.pass(2_000);
      expect(rig.routing.effects.find((effect) => effect.type === 'offer-ended')).toMatchObject({
        agentId: 'anna',
        end,
      });
      expect(rig.control.legOf('phone-bo')?.bridgedTo).toBe(legId);
      noErrors(rig);
    });
  }

  it('is not registered: the offer fails with that reason', async () => {
    const rig = await createRig();
    await rig.signIn('anna');
    rig.control.unregister('phone-anna');
    await rig.callerInQueue();
    await rig.settle();
    expect(rig.routing.effects.find((effect) => effect.type === 'offer-ended')).toMatchObject({ end: 'unregistered' });
    noErrors(rig);
  });

  it('answers in the moment in which the offer is withdrawn: it is hung up and nobody is joined twice', async () => {
    const rig = await createRig({
      configuration: {
        version: 1,
        queues: [{ id: 'sales', strategy: { kind: 'ring-all' }, wrapUpMs: { voice: 1_000 } }],
        agents: [
          { id: 'anna', queues: [{ queueId: 'sales' }] },
          { id: 'bo', queues: [{ queueId: 'sales' }] },
        ],
      },
    });
    await rig.signIn('anna');
    await rig.signIn('bo');
    const legId = await rig.callerInQueue();
    await rig.pass(3_000);
    const phones = [rig.control.legOf('phone-anna'), rig.control.legOf('phone-bo')].filter((leg) => leg !== undefined);
    expect(phones.length).toBe(1);
    expect(phones[0]?.bridgedTo).toBe(legId);
    noErrors(rig);
  });

  for (const cause of ['media-timeout', 'unreachable', 'failed'] satisfies HangupCause[]) {
    it(`dies while talking (${cause}): the caller hears a sentence and music, then goes back to the head of the queue`, async () => {
      const rig = await createRig();
      const { callerLegId, contactId } = await rig.conversation();
      const behind = await rig.callerInQueue('13900000000');
      rig.control.unregister('phone-anna');
      rig.control.phoneEnds(rig.control.legOf('phone-anna')!.legId, cause);
      await rig.pass(2_000);
      expect(rig.saidTo(callerLegId)).toContain('one-moment');
      expect(rig.control.legs.get(callerLegId)?.music).toBe('default');
      expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ contactId, state: 'connecting' }]);
      await rig.signIn('bo');
      // Bo is free and takes the one who waits; the lost one is anna's for ten seconds.
      await rig.pass(9_000);
      expect(rig.control.legOf('phone-bo')?.bridgedTo).toBe(behind);
      expect(rig.routing.position(contactId)).toBe(1);
      expect(rig.voice.live.liveContact(contactId)?.state).toBe('waiting');
      noErrors(rig);
    });
  }

  it('dies between answer and bridge: the caller goes back to the queue with its place', async () => {
    const rig = await createRig();
    await rig.signIn('anna');
    rig.control.failNext('bridge', 'gone');
    const legId = await rig.callerInQueue();
    const contactId = rig.contactOf(legId);
    const enqueuedMs = rig.routing.contact(contactId)?.firstEnqueuedMs;
    await rig.pass(1_000);
    expect(rig.routing.journal).toContainEqual({
      type: 'assignment-ended',
      contactId,
      agentId: 'anna',
      then: 'requeue',
    });
    expect(rig.routing.contact(contactId)?.firstEnqueuedMs).toBe(enqueuedMs);
    expect(rig.control.legs.has(legId)).toBe(true);
    noErrors(rig);
  });

  it('hangs up as a person does: the call ends for both and wrap-up begins', async () => {
    const rig = await createRig();
    const { contactId } = await rig.conversation();
    rig.control.phoneEnds(rig.control.legOf('phone-anna')!.legId);
    await rig.settle();
    expect(rig.control.legs.size).toBe(0);
    expect(endOf(rig, contactId)).toMatchObject({ outcome: 'answered', cause: 'agent-hung-up' });
    expect(agentState(rig, 'anna')).toBe('wrap-up');
    await rig.pass(31_000);
    expect(agentState(rig, 'anna')).toBe('idle');
    noErrors(rig);
  });
});

describe('the page reloads', () => {
  it('with its old leg still up: the new phone gets the call at once and the recording goes on in a next part', async () => {
    const rig = await createRig();
    const { callerLegId, contactId } = await rig.conversation();
    const old = rig.control.legOf('phone-anna')!.legId;
    rig.control.unregister('phone-anna');
    await rig.pass(1_000);
    rig.control.register('phone-anna');
    await rig.pass(2_000);
    const leg = rig.control.legOf('phone-anna');
    expect(leg?.legId).not.toBe(old);
    expect(leg?.headers).toMatchObject({ 'X-Tandem-Reattach': '1', 'X-Tandem-Contact': contactId });
    expect(leg?.bridgedTo).toBe(callerLegId);
    expect(rig.control.legs.has(old)).toBe(false);
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ contactId, state: 'talking', recording: 'on' }]);
    expect([...rig.records.recordings.values()].map((recording) => recording.path.slice(-6))).toEqual([
      '-1.wav',
      '-2.wav',
    ]);
    expect(rig.routing.journal.some((event) => event.type === 'assignment-ended')).toBe(false);
    noErrors(rig);
  });

  it('and says so itself, without the switch noticing that the old one went', async () => {
    const rig = await createRig();
    const { callerLegId } = await rig.conversation();
    rig.voice.phoneExpected('anna');
    rig.control.register('phone-anna');
    await rig.pass(2_000);
    expect(rig.control.legOf('phone-anna')?.headers['X-Tandem-Reattach']).toBe('1');
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(callerLegId);
  });

  it('and a mere refresh of the registration changes nothing', async () => {
    const rig = await createRig();
    await rig.conversation();
    const old = rig.control.legOf('phone-anna')!.legId;
    rig.control.register('phone-anna');
    await rig.pass(2_000);
    expect(rig.control.legOf('phone-anna')?.legId).toBe(old);
    expect(rig.control.commandsOf('originate').length).toBe(1);
  });

  it('after its leg died: within ten seconds the call is there again', async () => {
    const rig = await createRig();
    const { callerLegId } = await rig.conversation();
    rig.control.unregister('phone-anna');
    rig.control.phoneEnds(rig.control.legOf('phone-anna')!.legId, 'media-timeout');
    await rig.pass(5_000);
    rig.control.register('phone-anna');
    await rig.pass(2_000);
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(callerLegId);
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ state: 'talking' }]);
    await rig.pass(15_000);
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(callerLegId);
    noErrors(rig);
  });
});
