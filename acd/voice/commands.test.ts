import { describe, expect, it } from 'vitest';
import { createRig, NUMBER, type Rig } from './testing/rig.ts';

const noErrors = (rig: Rig) => expect(rig.lines.filter((line) => line.level === 'error')).toEqual([]);
const DONE = { kind: 'done' };

describe('hold, digits, recording', () => {
  it('holds and takes back, once however often it is asked', async () => {
    const rig = await createRig();
    const { contactId } = await rig.conversation();
    const agent = { contactId, agentId: 'anna' };
    expect(await rig.voice.command({ kind: 'hold', ...agent })).toEqual(DONE);
    expect(await rig.voice.command({ kind: 'hold', ...agent })).toEqual(DONE);
    expect(rig.control.commandsOf('hold').length).toBe(1);
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ state: 'held' }]);
    expect(rig.voice.live.callerView(contactId)?.phase).toBe('held');
    expect(await rig.voice.command({ kind: 'unhold', ...agent })).toEqual(DONE);
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ state: 'talking' }]);
    expect(
      rig.records.contacts
        .get(contactId)
        ?.phases.map((phase) => phase.phase)
        .slice(-2),
    ).toEqual(['hold', 'talk']);
  });

  it('belongs to the agent who has the call', async () => {
    const rig = await createRig();
    const { contactId } = await rig.conversation();
    expect(await rig.voice.command({ kind: 'hold', contactId, agentId: 'bo' })).toEqual({ kind: 'not-yours' });
    expect(await rig.voice.command({ kind: 'hold', contactId: 'none', agentId: 'bo' })).toEqual({ kind: 'not-found' });
  });

  it('sends digits to the customer', async () => {
    const rig = await createRig();
    const { callerLegId, contactId } = await rig.conversation();
    await rig.voice.command({ kind: 'digits', contactId, agentId: 'anna', digits: '12#' });
    expect(rig.control.legs.get(callerLegId)?.digitsSent).toBe('12#');
  });

  it('pauses and resumes the recording, and says so', async () => {
    const rig = await createRig();
    const { callerLegId, contactId } = await rig.conversation();
    const agent = { contactId, agentId: 'anna' };
    expect(await rig.voice.command({ kind: 'pause-recording', ...agent })).toEqual(DONE);
    expect([...rig.control.legs.get(callerLegId)!.recordings.values()]).toEqual([true]);
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ recording: 'paused' }]);
    expect(await rig.voice.command({ kind: 'resume-recording', ...agent })).toEqual(DONE);
    expect([...rig.control.legs.get(callerLegId)!.recordings.values()]).toEqual([false]);
    await rig.voice.command({ kind: 'hang-up', ...agent });
    await rig.settle();
    const kinds = rig.records.contacts.get(contactId)?.events.map((event) => event.kind);
    expect(kinds).toEqual(expect.arrayContaining(['recording-paused', 'recording-resumed', 'recording-stored']));
  });
});

describe('transfer', () => {
  it('to a queue: one contact, a segment more, wrap-up for the first agent', async () => {
    const rig = await createRig();
    const { callerLegId, contactId } = await rig.conversation();
    const target = { kind: 'queue', queueId: 'service' } as const;
    expect(await rig.voice.command({ kind: 'transfer', contactId, agentId: 'anna', target })).toEqual(DONE);
    await rig.pass(2_000);
    expect(rig.control.legOf('phone-anna')).toBeUndefined();
    expect(rig.control.legs.has(callerLegId)).toBe(true);
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ contactId, state: 'wrap-up' }]);
    expect(rig.voice.live.liveContact(contactId)).toMatchObject({ state: 'waiting', queueId: 'service' });
    expect(rig.saidTo(callerLegId)).toContain('please-wait');
    const segments = rig.records.contacts.get(contactId)?.segments.map((segment) => segment.kind);
    expect(segments).toEqual(['flow', 'queue', 'agent', 'queue']);
    noErrors(rig);
  });

  it('to an agent: that agent’s phone rings and gets the caller', async () => {
    const rig = await createRig();
    const { callerLegId, contactId } = await rig.conversation();
    await rig.signIn('bo');
    const target = { kind: 'agent', agentId: 'bo' } as const;
    expect(await rig.voice.command({ kind: 'transfer', contactId, agentId: 'anna', target })).toEqual(DONE);
    await rig.pass(2_000);
    expect(rig.control.legOf('phone-bo')?.bridgedTo).toBe(callerLegId);
    expect(rig.voice.live.deskContacts('bo')).toMatchObject([{ contactId, state: 'talking' }]);
    noErrors(rig);
  });

  it('to a number: caller and outside party are joined; the agent is free', async () => {
    const rig = await createRig();
    const { callerLegId, contactId } = await rig.conversation();
    rig.control.setPhone('10086', { does: 'answer', afterMs: 1_000 });
    const target = { kind: 'number', number: '10086' } as const;
    expect(await rig.voice.command({ kind: 'transfer', contactId, agentId: 'anna', target })).toEqual(DONE);
    await rig.pass(2_000);
    const outside = rig.control.legOf('10086')!;
    expect(outside.bridgedTo).toBe(callerLegId);
    expect(rig.routing.agent('anna')?.state).toBe('wrap-up');
    rig.control.phoneEnds(outside.legId);
    await rig.pass(35_000);
    expect(rig.control.legs.size).toBe(0);
    expect(rig.records.contacts.get(contactId)).toMatchObject({ end: { outcome: 'answered' } });
    expect(rig.voice.live.liveContacts()).toEqual([]);
    noErrors(rig);
  });

  it('to a number where nobody answers: the caller goes back to the queue', async () => {
    const rig = await createRig();
    const { callerLegId, contactId } = await rig.conversation();
    rig.control.setPhone('10086', { does: 'busy', afterMs: 500 });
    await rig.signIn('bo');
    const target = { kind: 'number', number: '10086' } as const;
    await rig.voice.command({ kind: 'transfer', contactId, agentId: 'anna', target });
    await rig.pass(6_000);
    expect(rig.saidTo(callerLegId)).toContain('transfer-failed');
    const phones = ['anna', 'bo'].map((id) => rig.control.legOf(`phone-${id}`)?.bridgedTo);
    expect(phones).toContain(callerLegId);
    noErrors(rig);
  });

  it('to a flow: the caller hears it from its beginning', async () => {
    const rig = await createRig();
    const { callerLegId, contactId } = await rig.conversation();
    const target = { kind: 'flow', flowId: 'main' } as const;
    expect(await rig.voice.command({ kind: 'transfer', contactId, agentId: 'anna', target })).toEqual(DONE);
    await rig.pass(1_500);
    expect(rig.saidTo(callerLegId).slice(-2)).toEqual(['welcome', 'main-menu']);
    rig.control.press(callerLegId, '1');
    await rig.settle();
    expect(rig.voice.live.liveContact(contactId)?.state).toBe('waiting');
    noErrors(rig);
  });
});

describe('consultation', () => {
  const consulting = async () => {
    const rig = await createRig();
    const { callerLegId, contactId } = await rig.conversation();
    await rig.signIn('bo');
    const target = { kind: 'agent', agentId: 'bo' } as const;
    expect(await rig.voice.command({ kind: 'consult', contactId, agentId: 'anna', target })).toEqual(DONE);
    await rig.pass(2_000);
    expect(rig.control.legOf('phone-bo')?.bridgedTo).toBe(rig.control.legOf('phone-anna')?.legId);
    expect(rig.control.legs.get(callerLegId)?.music).toBe('default');
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([
      { consulting: true, state: 'held', consult: { state: 'talking', name: 'bo' } },
    ]);
    expect(rig.voice.live.deskContacts('bo')).toMatchObject([
      { contactId, state: 'talking', askedBy: { agentId: 'anna', state: 'talking' } },
    ]);
    return { rig, callerLegId, contactId, agent: { contactId, agentId: 'anna' } };
  };

  it('is completed: the second agent has the caller', async () => {
    const { rig, callerLegId, agent } = await consulting();
    expect(await rig.voice.command({ kind: 'consult-complete', ...agent })).toEqual(DONE);
    await rig.pass(1_000);
    expect(rig.control.legOf('phone-bo')?.bridgedTo).toBe(callerLegId);
    expect(rig.control.legOf('phone-anna')).toBeUndefined();
    const [own] = rig.voice.live.deskContacts('bo');
    expect(own).toMatchObject({ state: 'talking' });
    expect(own?.askedBy).toBeUndefined();
    const [left] = rig.voice.live.deskContacts('anna');
    expect(left).toMatchObject({ state: 'wrap-up' });
    expect((left?.sinceMs ?? 0) - (left?.talkStartedAtMs ?? 0), 'the time talked, ms').toBeGreaterThanOrEqual(2_000);
    noErrors(rig);
  });

  it('is cancelled: agent and caller hear each other again', async () => {
    const { rig, callerLegId, agent } = await consulting();
    expect(await rig.voice.command({ kind: 'consult-cancel', ...agent })).toEqual(DONE);
    await rig.settle();
    expect(rig.control.legOf('phone-bo')).toBeUndefined();
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(callerLegId);
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ consulting: false, state: 'talking' }]);
    noErrors(rig);
  });

  it('becomes a conference of three', async () => {
    const { rig, callerLegId, contactId, agent } = await consulting();
    expect(await rig.voice.command({ kind: 'consult-conference', ...agent })).toEqual(DONE);
    const inside = [...rig.control.legs.values()].filter((leg) => leg.conference === contactId).length;
    expect(inside).toBe(3);
    rig.control.phoneEnds(callerLegId);
    await rig.settle();
    expect(rig.control.legs.size).toBe(0);
    noErrors(rig);
  });

  it('ends when the second party hangs up', async () => {
    const { rig, callerLegId } = await consulting();
    rig.control.phoneEnds(rig.control.legOf('phone-bo')!.legId);
    await rig.settle();
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(callerLegId);
  });

  it('is not put to somebody who is on the phone, nor moved away while it lasts', async () => {
    const { rig, contactId, agent } = await consulting();
    const other = await rig.callerInQueue('13900001111');
    await rig.pass(1_000);
    expect(rig.control.legOf('phone-bo')?.bridgedTo).toBe(rig.control.legOf('phone-anna')?.legId);
    expect(rig.voice.live.deskContacts('bo').map((one) => one.contactId)).toEqual([contactId]);
    expect(rig.voice.live.liveContact(rig.contactOf(other))).toMatchObject({ state: 'waiting' });
    const target = { kind: 'queue', queueId: 'service' } as const;
    expect(await rig.voice.command({ kind: 'transfer', ...agent, target })).toMatchObject({ kind: 'conflict' });
    expect(await rig.voice.command({ kind: 'unhold', ...agent })).toMatchObject({ kind: 'conflict' });
  });

  it('is over when the second party comes back with a new phone', async () => {
    const { rig, callerLegId } = await consulting();
    rig.control.unregister('phone-bo');
    rig.control.register('phone-bo');
    await rig.settle();
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(callerLegId);
    expect(rig.voice.live.deskContacts('bo')).toEqual([]);
  });

  it('of somebody who does not answer leaves agent and caller together', async () => {
    const rig = await createRig();
    const { callerLegId, contactId } = await rig.conversation();
    rig.control.setPhone('phone-bo', { does: 'reject', afterMs: 100 });
    const target = { kind: 'agent', agentId: 'bo' } as const;
    await rig.voice.command({ kind: 'consult', contactId, agentId: 'anna', target });
    await rig.pass(1_000);
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(callerLegId);
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ consulting: false, state: 'talking' }]);
  });
});

describe('supervisors', () => {
  it('listen, whisper and barge on their own phone', async () => {
    const rig = await createRig();
    const { contactId } = await rig.conversation();
    rig.control.setPhone('phone-chief', { does: 'answer', afterMs: 0 });
    const supervise = (mode: 'listen' | 'whisper' | 'barge') =>
      rig.voice.command({ kind: 'supervise', contactId, supervisorPhoneUser: 'phone-chief', mode });
    const first = supervise('listen');
    await rig.pass(250);
    expect(await first).toEqual(DONE);
    const agentLegId = rig.control.legOf('phone-anna')?.legId;
    expect(rig.control.legOf('phone-chief')?.supervises).toEqual({ legId: agentLegId, mode: 'listen' });
    await supervise('whisper');
    await supervise('barge');
    expect(rig.control.legOf('phone-chief')?.supervises?.mode).toBe('barge');
    expect(rig.control.commandsOf('originate').length).toBe(2);
    await rig.voice.command({ kind: 'hang-up', contactId, agentId: 'anna' });
    await rig.settle();
    expect(rig.control.legs.size).toBe(0);
  });

  it('assign and move a waiting contact', async () => {
    const rig = await createRig();
    const caller = await rig.callerInQueue();
    const contactId = rig.contactOf(caller);
    expect(await rig.voice.command({ kind: 'move', contactId, queueId: 'service' })).toEqual(DONE);
    await rig.pass(1_500);
    expect(rig.voice.live.liveContact(contactId)).toMatchObject({ state: 'waiting', queueId: 'service' });
    await rig.signIn('chief');
    expect(await rig.voice.command({ kind: 'assign', contactId, agentId: 'chief' })).toEqual(DONE);
    await rig.pass(2_000);
    expect(rig.control.legOf('phone-chief')?.bridgedTo).toBe(caller);
    noErrors(rig);
  });
});

describe('a take-over', () => {
  it('by somebody who has no desk is refused and leaves the way free for others', async () => {
    const rig = await createRig();
    const { callerLegId, contactId } = await rig.conversation();
    await rig.routing.submit({ type: 'agent-signed-in', agentId: 'chief', status: 'available' });
    const take = (supervisorAgentId: string) => rig.voice.command({ kind: 'take-over', contactId, supervisorAgentId });
    expect(await take('stranger')).toEqual({ kind: 'conflict', why: 'no-desk' });
    await rig.signIn('chief');
    expect(await take('chief')).toEqual({ kind: 'done' });
    await rig.pass(2_000);
    expect(rig.control.legOf('phone-chief')?.bridgedTo).toBe(callerLegId);
  });

  it('that never rings is not in the way of the next one', async () => {
    const rig = await createRig();
    const { contactId } = await rig.conversation();
    await rig.signIn('chief');
    await rig.signIn('bo');
    rig.control.dropLink();
    const take = (supervisorAgentId: string) => rig.voice.command({ kind: 'take-over', contactId, supervisorAgentId });
    expect(await take('chief')).toEqual({ kind: 'done' });
    await rig.pass(15_000);
    expect(await take('bo')).toEqual({ kind: 'done' });
  });
});

describe('leaving the queue by a key', () => {
  it('for the voicemail: the contact leaves the queue and the message is kept', async () => {
    const rig = await createRig();
    const caller = await rig.callerInQueue();
    const contactId = rig.contactOf(caller);
    await rig.pass(5_000);
    rig.control.press(caller, '2');
    await rig.pass(4_000);
    expect(rig.routing.contact(contactId)).toBeUndefined();
    expect(rig.voice.live.callerView(contactId)?.phase).toBe('voicemail');
    rig.control.press(caller, '#');
    await rig.pass(3_000);
    expect(rig.control.legs.size).toBe(0);
    expect(rig.records.contacts.get(contactId)?.end?.outcome).toBe('voicemail');
    noErrors(rig);
  });

  it('for a callback: the place is kept without the caller, and the agent is joined with them later', async () => {
    const rig = await createRig();
    const caller = await rig.callerInQueue('13800001234');
    const contactId = rig.contactOf(caller);
    await rig.pass(5_000);
    rig.control.press(caller, '1');
    await rig.pass(3_000);
    expect(rig.control.legs.has(caller)).toBe(false);
    expect(rig.routing.contact(contactId)?.callback?.number).toBe('13800001234');
    rig.control.setPhone('13800001234', { does: 'answer', afterMs: 500 });
    await rig.signIn('anna');
    await rig.pass(4_000);
    expect(rig.control.legOf('13800001234')?.bridgedTo).toBe(rig.control.legOf('phone-anna')?.legId);
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ contactId, state: 'talking' }]);
    noErrors(rig);
  });
});

describe('calls to numbers without a flow', () => {
  it('are refused politely, from agents’ phones too', async () => {
    const rig = await createRig();
    const legs = [
      rig.control.callIn({ callerNumber: '1', dialedNumber: '999' }),
      rig.control.callIn({ callerNumber: 'phone-anna', dialedNumber: '10086', fromUser: 'phone-anna' }),
    ];
    await rig.pass(500);
    for (const leg of legs) expect(rig.saidTo(leg)).toEqual(['not-allowed']);
    await rig.pass(3_000);
    expect(rig.control.legs.size).toBe(0);
    expect(rig.control.commandsOf('originate')).toEqual([]);
  });

  it('while entry numbers are open to guests’ phones', async () => {
    const rig = await createRig();
    const call = { callerNumber: 'guest-7', dialedNumber: NUMBER, fromUser: 'guest-7' };
    const leg = rig.control.callIn(call);
    await rig.settle();
    const contactId = rig.voice.live.contactOfPhone('guest-7')!;
    expect(rig.voice.live.callerView(contactId)?.phase).toBe('menu');
    rig.control.phoneEnds(leg);
    await rig.pass(1_000);
    expect(rig.voice.live.contactOfPhone('guest-7')).toBe(contactId);
    expect(rig.voice.live.callerView(contactId)?.phase).toBe('ended');
    rig.control.callIn(call);
    await rig.settle();
    expect(rig.voice.live.contactOfPhone('guest-7')).not.toBe(contactId);
  });
});

describe('the hold key of a SIP phone', () => {
  it('shows on the desk as hold does', async () => {
    const rig = await createRig();
    const { contactId } = await rig.conversation();
    const { legId } = rig.control.legOf('phone-anna')!;
    await rig.control.hold(legId);
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ contactId, state: 'held' }]);
    await rig.control.unhold(legId);
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ state: 'talking' }]);
  });
});
