import { describe, expect, it } from 'vitest';
import { createRig, NUMBER } from './testing/rig.ts';

describe('a call reaches a person', () => {
  it('goes from greeting and menu through queue, offer and answer to talk, hang-up and wrap-up', async () => {
    const rig = await createRig();
    await rig.signIn('anna');
    const caller = rig.control.callIn({ callerNumber: '13800001234', dialedNumber: NUMBER });
    await rig.settle();
    const contactId = rig.contactOf(caller);
    expect(contactId).toMatch(/^[0-9a-f-]{36}$/);
    expect(rig.saidTo(caller)).toEqual(['welcome']);
    expect(rig.voice.live.callerView(contactId)).toMatchObject({ phase: 'menu' });
    await rig.pass(1_500);
    expect(rig.saidTo(caller)).toEqual(['welcome', 'main-menu']);
    expect(rig.voice.live.callerView(contactId)?.choices.map((choice) => choice.digit)).toEqual(['1', '2', '3']);
    rig.control.press(caller, '1');
    await rig.settle();
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([
      { contactId, state: 'ringing', queueId: 'sales', path: [{ label: { en: 'Sales' }, value: '1' }] },
    ]);
    expect(rig.voice.live.callerView(contactId)?.phase).toBe('ringing-agent');
    await rig.pass(1_000);
    const agentLeg = rig.control.legOf('phone-anna');
    expect(agentLeg?.headers['X-Tandem-Contact']).toBe(contactId);
    expect(agentLeg?.bridgedTo).toBe(caller);
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ state: 'talking', recording: 'on' }]);
    expect(rig.voice.live.callerView(contactId)).toMatchObject({ phase: 'talking', agentName: 'anna' });
    const [path] = [...(rig.control.legs.get(caller)?.recordings.keys() ?? [])];
    expect(path).toBe(`/rec/2026/11/23/${contactId}-1.wav`);
    await rig.pass(60_000);
    rig.control.phoneEnds(caller);
    await rig.settle();
    expect(rig.control.legs.size).toBe(0);
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ state: 'wrap-up' }]);
    expect(
      await rig.voice.command({
        kind: 'wrap-up',
        contactId,
        agentId: 'anna',
        dispositionId: 'sold',
        notes: 'two of them',
        done: true,
      }),
    ).toEqual({ kind: 'done' });
    await rig.pass(250);
    const kept = rig.records.contacts.get(contactId);
    expect(kept?.end).toMatchObject({ outcome: 'answered', cause: 'caller-hung-up' });
    expect(kept?.wrapUp).toEqual({ dispositionId: 'sold', notes: 'two of them' });
    expect(kept?.segments.map((segment) => segment.kind)).toEqual(['flow', 'queue', 'agent']);
    expect(kept?.closedAtMs).toBeDefined();
    expect([...rig.records.recordings.values()]).toMatchObject([{ kind: 'conversation', end: { state: 'stored' } }]);
    expect(rig.voice.live.liveContacts()).toEqual([]);
    expect(rig.lines.filter((line) => line.level === 'error')).toEqual([]);
  });
});
