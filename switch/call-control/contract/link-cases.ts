import { expect } from 'vitest';
import { RIG_TONES } from './rig.ts';
import { contractCase } from './scene.ts';

export const linkCases = [
  contractCase('a lost link comes back with everything that is really there', async (scene) => {
    const { control, rig } = scene;
    const { caller, agent } = await scene.talking();
    await control.tag(caller.legId, { contactId: 'contact-9', role: 'caller' });
    const waiting = await scene.answeredCaller(rig.outside);
    const playback = control.play(waiting.legId, [{ kind: 'tone', spec: '%(60000,0,700)' }]);
    await waiting.call.untilHears(700, rig.patienceMs);
    scene.events.length = 0;

    rig.cutLink();
    await scene.until('link-lost');
    expect(control.linked).toBe(false);
    await expect(scene.soon(playback.outcome)).rejects.toMatchObject({ code: 'switch.link-lost' });
    await expect(control.answer(caller.legId)).rejects.toMatchObject({ code: 'switch.link-lost' });
    // Meanwhile the call goes on, the agent leaves, and somebody else calls.
    await caller.call.untilHears(RIG_TONES.agent, rig.patienceMs);
    await agent.call.hangUp();
    const newcomer = await rig.second.call('4000');

    rig.mendLink();
    const { legs } = await scene.until('link-restored');
    expect(control.linked).toBe(true);
    const found = legs.find((leg) => leg.legId === caller.legId);
    expect(found).toMatchObject({ contactId: 'contact-9', role: 'caller', answered: true });
    expect(found?.bridgedTo).toBeUndefined();
    expect(legs.some((leg) => leg.legId === agent.legId)).toBe(false);
    expect(legs.some((leg) => leg.contactId === undefined && !leg.answered && leg.direction === 'inbound')).toBe(true);
    // What played before the loss gives way to what is asked now.
    const next = control.play(waiting.legId, [{ kind: 'tone', spec: '%(1200,0,900)' }]);
    await waiting.call.untilHears(900, rig.patienceMs);
    expect(await scene.soon(next.outcome)).toEqual({ kind: 'done' });
    await waiting.call.untilLoses(700, rig.patienceMs);
    await newcomer.hangUp();
  }),

  contractCase('a closed control sends nothing, and calls go on', async (scene) => {
    const { control, rig } = scene;
    const { caller, agent } = await scene.talking();
    await control.close();
    await control.close();
    expect(control.linked).toBe(false);
    await expect(control.hangUp(caller.legId, 'normal')).rejects.toMatchObject({ code: 'switch.link-lost' });
    await caller.call.untilHears(RIG_TONES.agent, rig.patienceMs);
    await caller.call.hangUp();
    await agent.call.hangUp();
  }),

  contractCase('commands to one leg keep their order', async (scene) => {
    const { control } = scene;
    const { legId } = await scene.answeredCaller();
    const roles = Array.from({ length: 20 }, (_, turn) => `role-${turn}`);
    await Promise.all(roles.map((role) => control.tag(legId, { role })));
    expect((await control.listLegs()).find((leg) => leg.legId === legId)?.role).toBe('role-19');
  }),
];
