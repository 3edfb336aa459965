import { describe, expect, it } from 'vitest';
import { createRig, NUMBER, type Rig } from './testing/rig.ts';

const noErrors = (rig: Rig) => expect(rig.lines.filter((line) => line.level === 'error')).toEqual([]);
const repairs = (rig: Rig) => rig.lines.map((line) => line.text).filter((text) => text.startsWith('repair'));

describe('the ACD dies and starts again', () => {
  it('in the menu: the caller hears it again and goes on', async () => {
    const before = await createRig();
    const caller = before.control.callIn({ callerNumber: '1', dialedNumber: NUMBER });
    await before.pass(2_000);
    const contactId = before.contactOf(caller);
    const rig = await before.restart();
    await rig.pass(500);
    expect(rig.saidTo(caller)).toEqual(['welcome', 'main-menu', 'main-menu']);
    rig.control.press(caller, '1');
    await rig.settle();
    expect(rig.voice.live.liveContact(contactId)?.state).toBe('waiting');
    noErrors(rig);
  });

  it('while waiting: the place is kept and the next agent gets it', async () => {
    const before = await createRig();
    const first = await before.callerInQueue('1');
    const second = await before.callerInQueue('2');
    const ids = [before.contactOf(first), before.contactOf(second)];
    const rig = await before.restart();
    await rig.pass(6_000);
    expect(ids.map((id) => rig.routing.position(id))).toEqual([1, 2]);
    expect(rig.control.legs.get(first)?.music).toBe('default');
    await rig.signIn('anna');
    await rig.pass(2_000);
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(first);
    noErrors(rig);
  });

  it('while an offer rings: it is made anew, once', async () => {
    const before = await createRig();
    await before.signIn('anna');
    const caller = await before.callerInQueue();
    await before.pass(500);
    const rig = await before.restart();
    await rig.pass(4_000);
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(caller);
    expect([...rig.control.legs.values()].filter((leg) => leg.user === 'phone-anna').length).toBe(1);
    noErrors(rig);
  });

  it('between the agent’s answer and the bridge: they are joined', async () => {
    const before = await createRig();
    await before.signIn('anna');
    before.control.failNext('bridge', 'link-lost');
    const caller = await before.callerInQueue();
    await before.pass(1_250);
    expect(before.control.legOf('phone-anna')?.bridgedTo).toBeUndefined();
    const rig = await before.restart();
    await rig.pass(500);
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(caller);
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ state: 'talking', recording: 'on' }]);
    expect(repairs(rig)).toContain('repair: caller and agent are not joined yet');
    noErrors(rig);
  });

  it('while they talk: the conversation and its recording go on, and it ends as any other', async () => {
    const before = await createRig();
    const { callerLegId, contactId } = await before.conversation();
    const commands = before.control.commands.length;
    const rig = await before.restart();
    await rig.pass(1_000);
    expect(rig.control.commands.length).toBe(commands);
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ contactId, state: 'talking', recording: 'on' }]);
    rig.control.phoneEnds(callerLegId);
    await rig.pass(31_000);
    expect(rig.records.contacts.get(contactId)).toMatchObject({ end: { outcome: 'answered' } });
    expect(rig.records.contacts.get(contactId)?.closedAtMs).toBeDefined();
    expect([...rig.records.recordings.values()]).toMatchObject([{ end: { state: 'stored' } }]);
    expect(rig.control.legs.size).toBe(0);
    expect(rig.routing.agent('anna')?.state).toBe('idle');
    noErrors(rig);
  });

  it('on hold: it is still held, and can be taken back', async () => {
    const before = await createRig();
    const { contactId } = await before.conversation();
    await before.voice.command({ kind: 'hold', contactId, agentId: 'anna' });
    await before.settle();
    const rig = await before.restart();
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ state: 'held' }]);
    expect(await rig.voice.command({ kind: 'unhold', contactId, agentId: 'anna' })).toEqual({ kind: 'done' });
    expect(rig.control.legOf('phone-anna')?.held).toBe(false);
  });

  it('and the caller hung up meanwhile: the contact ends with a cause and the agent is freed', async () => {
    const before = await createRig();
    const { callerLegId, contactId } = await before.conversation();
    before.voice.close();
    before.control.phoneEnds(callerLegId);
    const rig = await before.restart();
    await rig.pass(31_000);
    expect(rig.records.contacts.get(contactId)?.end).toMatchObject({ outcome: 'answered', cause: 'gone-while-away' });
    expect(rig.control.legs.size).toBe(0);
    expect(rig.routing.agent('anna')?.state).toBe('idle');
    expect(repairs(rig)).toContain('repair: the caller hung up while we were away');
    noErrors(rig);
  });

  it('and the agent’s phone died meanwhile: the agent may come back, else the caller goes to the next', async () => {
    const before = await createRig();
    const { callerLegId } = await before.conversation();
    await before.signIn('bo');
    before.voice.close();
    before.control.unregister('phone-anna');
    before.control.phoneEnds(before.control.legOf('phone-anna')!.legId, 'media-timeout');
    const rig = await before.restart();
    await rig.pass(500);
    expect(rig.saidTo(callerLegId)).toContain('one-moment');
    await rig.pass(12_000);
    expect(rig.control.legOf('phone-bo')?.bridgedTo).toBe(callerLegId);
    noErrors(rig);
  });

  it('during wrap-up: it runs on and can be ended', async () => {
    const before = await createRig();
    const { callerLegId, contactId } = await before.conversation();
    before.control.phoneEnds(callerLegId);
    await before.pass(1_000);
    const rig = await before.restart();
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ contactId, state: 'wrap-up' }]);
    await rig.voice.command({ kind: 'wrap-up', contactId, agentId: 'anna', done: true });
    await rig.pass(500);
    expect(rig.voice.live.liveContacts()).toEqual([]);
    noErrors(rig);
  });

  it('with a call that arrived meanwhile: its flow starts', async () => {
    const before = await createRig();
    before.voice.close();
    const caller = before.control.callIn({ callerNumber: '1', dialedNumber: NUMBER });
    const rig = await before.restart();
    await rig.pass(500);
    expect(rig.saidTo(caller)).toEqual(['welcome']);
    noErrors(rig);
  });

  it('while a message is left: what was said is kept and the caller can say it again', async () => {
    const before = await createRig();
    const caller = before.control.callIn({ callerNumber: '1', dialedNumber: NUMBER });
    await before.pass(1_500);
    before.control.press(caller, '2');
    await before.pass(4_000);
    const rig = await before.restart();
    await rig.pass(6_000);
    expect([...rig.records.recordings.values()]).toMatchObject([{ kind: 'voicemail', end: {} }, { kind: 'voicemail' }]);
    rig.control.phoneEnds(caller);
    await rig.pass(1_000);
    expect(rig.voice.live.liveContacts()).toEqual([]);
    noErrors(rig);
  });

  it('before it could write down a new caller: they are greeted again and not cut off', async () => {
    const before = await createRig();
    const caller = await before.callerInQueue();
    const lost = before.contactOf(caller);
    before.records.contacts.delete(lost);
    const rig = await before.restart();
    await rig.pass(1_000);
    expect(rig.control.legs.has(caller)).toBe(true);
    expect(rig.contactOf(caller)).not.toBe(lost);
    expect(rig.voice.live.liveContacts()).toMatchObject([{ state: 'flow' }]);
    expect(rig.routing.contactIds()).toEqual([]);
    expect(repairs(rig)).toContain('repair: routing has a call that is not there, ended');
    noErrors(rig);
  });

  it('with the leg of a caller whose contact is over: it is hung up', async () => {
    const before = await createRig();
    const caller = await before.callerInQueue();
    const over = before.contactOf(caller);
    before.records.end(over, { atMs: 1, outcome: 'abandoned', cause: 'test' });
    before.records.close(over, 1);
    await before.routing.submit({ type: 'contact-abandoned', contactId: over });
    const rig = await before.restart();
    await rig.pass(500);
    expect(rig.control.legs.size).toBe(0);
    noErrors(rig);
  });

  /** A caller who was promised a call; the customer's phone and anna are there. */
  async function callbackDialled(answerAfterMs: number) {
    const before = await createRig();
    const caller = await before.callerInQueue();
    const contactId = before.contactOf(caller);
    await before.pass(1_000);
    before.control.press(caller, '1');
    await before.pass(4_000);
    before.control.setPhone('13800001234', { does: 'answer', afterMs: answerAfterMs });
    await before.signIn('anna');
    await before.pass(1_500);
    expect(before.routing.contact(contactId)?.state).toBe('callback-dialling');
    return { before, contactId };
  }

  it('while a callback is dialled, which is answered meanwhile: customer and agent are joined', async () => {
    const { before, contactId } = await callbackDialled(2_000);
    before.voice.close();
    before.routing.consumer = undefined;
    for (const line of before.severed) line.cut();
    await before.pass(3_000);
    const rig = await before.restart();
    await rig.pass(1_000);
    expect(rig.routing.contact(contactId)?.state).toBe('handling');
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(rig.control.legOf('13800001234')?.legId);
    rig.control.phoneEnds(rig.control.legOf('13800001234')!.legId);
    await rig.pass(31_000);
    expect(rig.routing.contactIds()).toEqual([]);
    expect(rig.control.legs.size).toBe(0);
    noErrors(rig);
  });

  it('while a callback rings: that attempt is over, and the next one comes in its time', async () => {
    const { before, contactId } = await callbackDialled(60_000);
    const rig = await before.restart();
    await rig.pass(1_000);
    expect(rig.control.legs.size).toBe(0);
    expect(rig.routing.contact(contactId)?.callback).toBeDefined();
    expect(rig.routing.agent('anna')?.state).toBe('idle');
    rig.control.setPhone('13800001234', { does: 'answer', afterMs: 1_000 });
    await rig.pass(66_000);
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(rig.control.legOf('13800001234')?.legId);
    noErrors(rig);
  });
});
