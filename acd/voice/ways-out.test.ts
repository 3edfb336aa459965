import { describe, expect, it } from 'vitest';
import { createRig, NUMBER, type Rig, TEST_FLOW } from './testing/rig.ts';

const warned = (rig: Rig, text: string) => rig.lines.some((line) => line.level === 'warn' && line.text === text);
const MINUTE_MS = 60_000;

describe('every stage has a way out by time', () => {
  it('a caller who goes round in menus for ever is let go', async () => {
    const menu = { ...TEST_FLOW.nodes.menu, noInput: 'pause', attempts: 10, timeoutMs: 60_000 };
    const choices = { ...TEST_FLOW.nodes.menu.choices, 9: { label: { 'zh-CN': '再听', en: 'Again' }, next: 'menu' } };
    const pause = { kind: 'hang-up' };
    const rig = await createRig({
      flow: { ...TEST_FLOW, nodes: { ...TEST_FLOW.nodes, menu: { ...menu, choices }, pause } },
    });
    const caller = rig.control.callIn({ callerNumber: '1', dialedNumber: NUMBER });
    for (let minute = 0; minute < 31; minute++) {
      await rig.pass(MINUTE_MS);
      rig.control.press(caller, '9');
    }
    expect(rig.control.legs.size).toBe(0);
    expect(warned(rig, 'call stayed too long in a stage')).toBe(true);
    expect(rig.voice.live.liveContacts()).toEqual([]);
  });

  it('a bridge that never comes about sends the caller back to the queue', async () => {
    const rig = await createRig();
    await rig.signIn('anna');
    const caller = await rig.callerInQueue();
    rig.control.bridge = () => new Promise(() => {});
    await rig.pass(12_000);
    expect(warned(rig, 'call stayed too long in a stage')).toBe(true);
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBeUndefined();
    expect(rig.control.legs.has(caller)).toBe(true);
    expect(rig.routing.journal.some((event) => event.type === 'assignment-ended')).toBe(true);
  });

  it('a caller whom no limit ends is let go after two hours of waiting', async () => {
    const rig = await createRig();
    const caller = await rig.callerInQueue();
    const contactId = rig.contactOf(caller);
    for (let minute = 0; minute < 121; minute++) await rig.pass(MINUTE_MS);
    expect(rig.control.legs.size).toBe(0);
    expect(rig.records.contacts.get(contactId)?.end?.cause).toBe('waited-too-long');
    expect(rig.routing.contactIds()).toEqual([]);
  }, 60_000);

  it('a leg whose end nobody told is found by the regular comparison', async () => {
    const rig = await createRig();
    const { callerLegId, contactId } = await rig.conversation();
    rig.control.legs.delete(callerLegId);
    await rig.pass(MINUTE_MS + 5_000);
    expect(rig.records.contacts.get(contactId)?.end?.cause).toBe('caller-failed');
    expect(warned(rig, 'repair: a leg ended and we were not told')).toBe(true);
    expect(rig.control.legs.size).toBe(0);
  });

  it('a young leg is left alone by it, and a forgotten one is hung up', async () => {
    const rig = await createRig();
    await rig.conversation();
    const [known] = [...rig.control.legs.values()];
    rig.control.legs.set('stray', {
      ...known!,
      legId: 'stray',
      role: 'agent',
      contactId: 'long-gone',
      bridgedTo: undefined,
    });
    await rig.pass(31_000);
    expect(rig.control.legs.has('stray')).toBe(false);
    expect(rig.control.legs.size).toBe(2);
  });
});

describe('a reload while the caller is on hold', () => {
  it('brings the call back on hold', async () => {
    const rig = await createRig();
    const { callerLegId, contactId } = await rig.conversation();
    await rig.voice.command({ kind: 'hold', contactId, agentId: 'anna' });
    rig.voice.phoneExpected('anna');
    rig.control.register('phone-anna');
    await rig.pass(2_000);
    expect(rig.control.legOf('phone-anna')).toMatchObject({ bridgedTo: callerLegId, held: true });
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ state: 'held' }]);
  });

  it('keeps the supervisor on it', async () => {
    const rig = await createRig();
    const { contactId } = await rig.conversation();
    rig.control.setPhone('phone-chief', { does: 'answer', afterMs: 0 });
    const on = rig.voice.command({ kind: 'supervise', contactId, supervisorPhoneUser: 'phone-chief', mode: 'whisper' });
    await rig.pass(250);
    await on;
    rig.voice.phoneExpected('anna');
    rig.control.register('phone-anna');
    await rig.pass(2_000);
    const supervised = rig.control.legOf('phone-chief')?.supervises;
    expect(supervised).toEqual({ legId: rig.control.legOf('phone-anna')?.legId, mode: 'whisper' });
  });
});
