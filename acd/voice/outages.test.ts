import { describe, expect, it } from 'vitest';
import { createRig, NUMBER, type Rig } from './testing/rig.ts';

const noErrors = (rig: Rig) => expect(rig.lines.filter((line) => line.level === 'error')).toEqual([]);
const endOf = (rig: Rig, contactId: string) => rig.records.contacts.get(contactId)?.end;
const agentState = (rig: Rig, agentId: string) => rig.routing.agent(agentId)?.state;

describe('the link to the switch drops and returns', () => {
  it('with missed hang-ups: contacts that ended meanwhile end with a cause, agents are freed', async () => {
    const rig = await createRig();
    const { callerLegId, contactId } = await rig.conversation();
    rig.control.dropLink();
    rig.control.phoneEnds(callerLegId);
    await rig.pass(3_000);
    expect(rig.voice.live.liveContact(contactId)?.state).toBe('handling');
    rig.control.restoreLink();
    await rig.settle();
    expect(endOf(rig, contactId)).toMatchObject({ outcome: 'answered', cause: 'caller-failed' });
    expect(agentState(rig, 'anna')).toBe('wrap-up');
    expect(rig.control.legs.size).toBe(0);
    expect(rig.lines.map((line) => line.text)).toContain('repair: a leg ended and we were not told');
    noErrors(rig);
  });

  it('with a caller who arrived meanwhile: their flow starts', async () => {
    const rig = await createRig();
    rig.control.dropLink();
    const legId = rig.control.callIn({ callerNumber: '1', dialedNumber: NUMBER });
    await rig.pass(1_000);
    rig.control.restoreLink();
    await rig.pass(500);
    expect(rig.saidTo(legId)).toEqual(['welcome']);
    expect(rig.lines.map((line) => line.text)).toContain('repair: a caller arrived and we were not told');
  });

  it('with everybody still there: conversations, waiting callers and menus go on', async () => {
    const rig = await createRig();
    const { callerLegId } = await rig.conversation();
    const waiting = await rig.callerInQueue('2');
    const inMenu = rig.control.callIn({ callerNumber: '3', dialedNumber: NUMBER });
    await rig.pass(500);
    rig.control.dropLink();
    await rig.pass(5_000);
    rig.control.restoreLink();
    await rig.pass(500);
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(callerLegId);
    expect(rig.voice.live.liveContact(rig.contactOf(waiting))?.state).toBe('waiting');
    await rig.pass(1_500);
    rig.control.press(inMenu, '1');
    await rig.settle();
    expect(rig.voice.live.liveContact(rig.contactOf(inMenu))?.state).toBe('waiting');
    noErrors(rig);
  });

  it('with an agent’s leg of a call that is over: it is hung up', async () => {
    const rig = await createRig();
    const { callerLegId } = await rig.conversation();
    const agentLegId = rig.control.legOf('phone-anna')!.legId;
    rig.control.failNext('hangUp', 'link-lost');
    rig.control.phoneEnds(callerLegId);
    rig.control.dropLink();
    await rig.settle();
    expect(rig.control.legs.has(agentLegId)).toBe(true);
    rig.control.restoreLink();
    await rig.settle();
    expect(rig.control.legs.size).toBe(0);
  });

  it('with an offer ringing: the offer is not lost', async () => {
    const rig = await createRig();
    await rig.signIn('anna');
    rig.control.dropLink();
    await rig.pass(500);
    rig.control.restoreLink();
    const legId = await rig.callerInQueue();
    rig.control.dropLink();
    await rig.pass(3_000);
    rig.control.restoreLink();
    await rig.pass(20_000);
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(legId);
    noErrors(rig);
  });
});

describe('the switch dies', () => {
  it('contacts end with a cause and agents are freed', async () => {
    const rig = await createRig();
    const { contactId } = await rig.conversation();
    const waiting = await rig.callerInQueue('2');
    const waitingId = rig.contactOf(waiting);
    rig.control.die();
    await rig.pass(2_000);
    rig.control.restoreLink();
    await rig.pass(31_000);
    expect(endOf(rig, contactId)?.cause).toBe('caller-failed');
    expect(endOf(rig, waitingId)?.outcome).toBe('abandoned');
    expect(agentState(rig, 'anna')).toBe('idle');
    expect(rig.routing.contactIds()).toEqual([]);
    noErrors(rig);
  });
});

describe('the database is away', () => {
  it('new arrivals hear that the system is busy and are let go; running calls go on', async () => {
    const rig = await createRig();
    const { callerLegId } = await rig.conversation();
    rig.records.away = true;
    rig.routing.away = true;
    const legId = rig.control.callIn({ callerNumber: '9', dialedNumber: NUMBER });
    await rig.pass(9_500);
    expect(rig.saidTo(legId)).toContain('system-busy');
    await rig.pass(3_000);
    expect(rig.control.legs.has(legId)).toBe(false);
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(callerLegId);
    noErrors(rig);
  });

  it('from this server alone: what a successor took is left to it', async () => {
    const rig = await createRig();
    rig.records.away = true;
    rig.routing.away = true;
    rig.routing.ownerCertain = false;
    const legId = rig.control.callIn({ callerNumber: '9', dialedNumber: NUMBER });
    await rig.pass(3_000);
    await rig.control.tag(legId, { contactId: 'theirs', role: 'caller' });
    await rig.control.answer(legId);
    rig.control.setPhone('phone-bo', { does: 'answer', afterMs: 500 });
    const target = { kind: 'phone', user: 'phone-bo' } as const;
    const theirs = { callerNumber: '9', contactId: 'theirs', role: 'agent', ringTimeoutMs: 20_000 };
    void rig.control.originate({ legId: 'theirs-agent', target, ...theirs });
    await rig.pass(65_000);
    expect(rig.saidTo(legId)).toEqual([]);
    expect([...rig.control.legs.keys()]).toEqual([legId, 'theirs-agent']);
    expect(rig.voice.live.liveContacts()).toEqual([]);
  });

  it('and no successor comes: new arrivals hear that the system is busy', async () => {
    const rig = await createRig();
    rig.routing.ownerCertain = false;
    const legId = rig.control.callIn({ callerNumber: '9', dialedNumber: NUMBER });
    await rig.pass(9_500);
    expect(rig.saidTo(legId)).toContain('system-busy');
  });

  it('for a moment only: the arrival is taken when it is back', async () => {
    const rig = await createRig();
    rig.records.away = true;
    const legId = rig.control.callIn({ callerNumber: '9', dialedNumber: NUMBER });
    await rig.pass(4_000);
    rig.records.away = false;
    await rig.pass(3_000);
    expect(rig.saidTo(legId)).toContain('welcome');
  });

  it('when the menu leads to a queue: the flow’s own way for it is taken', async () => {
    const rig = await createRig();
    rig.routing.away = true;
    const legId = await rig.callerInQueue();
    await rig.pass(9_500);
    expect(rig.saidTo(legId)).toContain('system-busy');
  });

  it('when a call ends: routing hears of it as soon as the database is back', async () => {
    const rig = await createRig();
    const { callerLegId, contactId } = await rig.conversation();
    rig.routing.away = true;
    rig.control.phoneEnds(callerLegId);
    await rig.pass(5_000);
    expect(rig.routing.contact(contactId)?.state).toBe('handling');
    rig.routing.away = false;
    await rig.pass(1_500);
    expect(rig.routing.contact(contactId)).toBeUndefined();
    expect(agentState(rig, 'anna')).toBe('wrap-up');
  });
});

describe('the server is asked to end', () => {
  it('new callers hear that it is busy; those who talk go on and end as ever', async () => {
    const rig = await createRig();
    const { callerLegId, contactId } = await rig.conversation();
    rig.voice.drain();
    const late = rig.control.callIn({ callerNumber: '9', dialedNumber: NUMBER });
    await rig.pass(500);
    expect(rig.saidTo(late)).toEqual(['system-busy']);
    await rig.pass(3_000);
    expect(rig.control.legs.has(late)).toBe(false);
    expect(rig.voice.callsUp).toBe(1);
    rig.control.phoneEnds(callerLegId);
    await rig.settle();
    expect(rig.voice.callsUp).toBe(0);
    expect(endOf(rig, contactId)?.outcome).toBe('answered');
    rig.voice.close();
    rig.voice.close();
  });
});

describe('the server is asked to end while another one stands by', () => {
  it('new callers are left to that one', async () => {
    const rig = await createRig();
    await rig.conversation();
    rig.routing.standby = true;
    rig.voice.drain();
    const late = rig.control.callIn({ callerNumber: '9', dialedNumber: NUMBER });
    await rig.pass(65_000);
    expect(rig.control.legs.get(late)).toMatchObject({ answered: false, contactId: undefined });
    expect(rig.saidTo(late)).toEqual([]);
    noErrors(rig);
  });
});

describe('speech and prompts', () => {
  it('a prompt file that the switch misses is passed over: the caller reaches the menu', async () => {
    const rig = await createRig();
    rig.control.missingFiles.add('/p/welcome.wav');
    rig.control.missingFiles.add('/p/please-wait.wav');
    await rig.signIn('anna');
    const legId = rig.control.callIn({ callerNumber: '1', dialedNumber: NUMBER });
    await rig.pass(1_000);
    rig.control.press(legId, '1');
    await rig.pass(2_000);
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(legId);
    expect(rig.lines.map((line) => line.text)).toContain('the switch misses a prompt file, passed over');
  });

  it('no speech at all: keys, queue and talk work in silence', async () => {
    const rig = await createRig({ promptsMissing: true });
    await rig.signIn('anna');
    const legId = rig.control.callIn({ callerNumber: '1', dialedNumber: NUMBER });
    await rig.pass(500);
    rig.control.press(legId, '1');
    await rig.pass(2_000);
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(legId);
    noErrors(rig);
  });
});

describe('two at once', () => {
  it('two supervisors take over the same call: the first one gets it, the second is told', async () => {
    const rig = await createRig();
    const { callerLegId, contactId } = await rig.conversation();
    await rig.signIn('chief');
    await rig.signIn('bo');
    const take = (supervisorAgentId: string) => rig.voice.command({ kind: 'take-over', contactId, supervisorAgentId });
    const [first, second] = await Promise.all([take('chief'), take('bo')]);
    expect(first).toEqual({ kind: 'done' });
    expect(second?.kind).toBe('conflict');
    await rig.pass(2_000);
    expect(rig.control.legOf('phone-chief')?.bridgedTo).toBe(callerLegId);
    expect(rig.control.legOf('phone-anna')).toBeUndefined();
    expect(rig.control.legOf('phone-bo')).toBeUndefined();
    noErrors(rig);
  });
});
