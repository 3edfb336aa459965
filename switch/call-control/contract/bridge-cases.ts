import { expect } from 'vitest';
import { RIG_TONES } from './rig.ts';
import { contractCase } from './scene.ts';

export const bridgeCases = [
  contractCase('a bridge is said once, and asking again is done', async (scene) => {
    const { caller, agent } = await scene.talking();
    await scene.until('bridged', (event) => event.legId === caller.legId && event.otherLegId === agent.legId);
    expect(await scene.control.bridge(caller.legId, agent.legId)).toEqual({ kind: 'bridged' });
    await caller.call.untilHears(RIG_TONES.agent, scene.rig.patienceMs);
    expect(scene.events.filter((event) => event.kind === 'bridged')).toHaveLength(1);
  }),

  contractCase('music makes room for a bridge', async (scene) => {
    const caller = await scene.answeredCaller();
    await scene.control.startMusic(caller.legId);
    await caller.call.untilHears(RIG_TONES.music, scene.rig.patienceMs);
    const agent = await scene.ring(scene.rig.agent);
    await scene.control.bridge(caller.legId, agent.legId);
    await caller.call.untilHears(RIG_TONES.agent, scene.rig.patienceMs);
    await caller.call.untilLoses(RIG_TONES.music, scene.rig.patienceMs);
  }),

  contractCase('the agent hangs up and the caller is parked, not lost', async (scene) => {
    const { caller, agent } = await scene.talking();
    await agent.call.untilHears(RIG_TONES.caller, scene.rig.patienceMs);
    await agent.call.hangUp();
    await scene.expectHungUp(agent.legId, 'normal');
    await scene.until('parked', (event) => event.legId === caller.legId);
    await scene.control.startMusic(caller.legId);
    await caller.call.untilHears(RIG_TONES.music, scene.rig.patienceMs);
  }),

  contractCase('the caller hangs up and the agent is parked', async (scene) => {
    const { caller, agent } = await scene.talking();
    const before = scene.count('parked', agent.legId);
    await caller.call.hangUp();
    await scene.expectHungUp(caller.legId, 'normal');
    await scene.until('parked', () => scene.count('parked', agent.legId) > before);
    expect((await scene.control.listLegs()).some((leg) => leg.legId === agent.legId)).toBe(true);
  }),

  contractCase('a bridge with somebody who is gone says who', async (scene) => {
    const { control } = scene;
    const caller = await scene.answeredCaller();
    const agent = await scene.ring(scene.rig.agent);
    await agent.call.hangUp();
    await scene.expectHungUp(agent.legId, 'normal');
    expect(await control.bridge(caller.legId, agent.legId)).toEqual({ kind: 'gone', legId: agent.legId });
    expect((await control.listLegs()).some((leg) => leg.legId === caller.legId)).toBe(true);
  }),

  contractCase('a leg taken out of a bridge leaves its partner parked', async (scene) => {
    const { control, rig } = scene;
    const { caller, agent } = await scene.talking();
    const second = await scene.ring(rig.second);
    expect(await control.bridge(agent.legId, second.legId)).toEqual({ kind: 'bridged' });
    await scene.until('parked', (event) => event.legId === caller.legId);
    await agent.call.untilHears(RIG_TONES.second, rig.patienceMs);
    await agent.call.untilLoses(RIG_TONES.caller, rig.patienceMs);
    // The consultation ends well: the caller goes to the second agent.
    expect(await control.bridge(caller.legId, second.legId)).toEqual({ kind: 'bridged' });
    await caller.call.untilHears(RIG_TONES.second, rig.patienceMs);
    await second.call.untilHears(RIG_TONES.caller, rig.patienceMs);
    await agent.call.untilLoses(RIG_TONES.second, rig.patienceMs);
    expect((await control.listLegs()).find((leg) => leg.legId === agent.legId)?.bridgedTo).toBeUndefined();
  }),

  contractCase('parking parts both, and they can be joined again', async (scene) => {
    const { control, rig } = scene;
    const { caller, agent } = await scene.talking();
    await agent.call.untilHears(RIG_TONES.caller, rig.patienceMs);
    expect(await control.park(agent.legId)).toEqual({ kind: 'done' });
    await scene.until('unbridged');
    await scene.until('parked', (event) => event.legId === caller.legId);
    await agent.call.untilLoses(RIG_TONES.caller, rig.patienceMs);
    expect(await control.bridge(caller.legId, agent.legId)).toEqual({ kind: 'bridged' });
    await agent.call.untilHears(RIG_TONES.caller, rig.patienceMs);
  }),

  contractCase('on hold, at once after the bridge, the partner hears music and the holder nothing', async (scene) => {
    const { control, rig } = scene;
    const { caller, agent } = await scene.talking();
    await agent.call.untilHears(RIG_TONES.caller, rig.patienceMs);
    expect(await control.hold(agent.legId)).toEqual({ kind: 'done' });
    await scene.until('held', (event) => event.legId === agent.legId);
    await caller.call.untilHears(RIG_TONES.music, rig.patienceMs);
    await caller.call.untilLoses(RIG_TONES.agent, rig.patienceMs);
    await agent.call.untilLoses(RIG_TONES.caller, rig.patienceMs);
    expect((await control.listLegs()).find((leg) => leg.legId === agent.legId)?.held).toBe(true);
    expect(await control.hold(agent.legId)).toEqual({ kind: 'done' });
    expect(await control.unhold(agent.legId)).toEqual({ kind: 'done' });
    await scene.until('unheld', (event) => event.legId === agent.legId);
    await caller.call.untilHears(RIG_TONES.agent, rig.patienceMs);
    await caller.call.untilLoses(RIG_TONES.music, rig.patienceMs);
    await agent.call.untilHears(RIG_TONES.caller, rig.patienceMs);
    expect(await control.unhold(agent.legId)).toEqual({ kind: 'done' });
  }),

  contractCase('a holder who hangs up leaves the caller parked, without the music of the hold', async (scene) => {
    const { control, rig } = scene;
    const { caller, agent } = await scene.talking();
    await control.hold(agent.legId);
    await caller.call.untilHears(RIG_TONES.music, rig.patienceMs);
    await agent.call.hangUp();
    await scene.until('parked', (event) => event.legId === caller.legId);
    await caller.call.untilLoses(RIG_TONES.music, rig.patienceMs);
    const playback = control.play(caller.legId, [{ kind: 'tone', spec: '%(900,0,900)' }]);
    await caller.call.untilHears(900, rig.patienceMs);
    expect(await scene.soon(playback.outcome)).toEqual({ kind: 'done' });
  }),

  contractCase('a held caller can be given to somebody else', async (scene) => {
    const { control, rig } = scene;
    const { caller, agent } = await scene.talking();
    await control.hold(agent.legId);
    await caller.call.untilHears(RIG_TONES.music, rig.patienceMs);
    const second = await scene.ring(rig.second);
    expect(await control.bridge(caller.legId, second.legId)).toEqual({ kind: 'bridged' });
    await caller.call.untilHears(RIG_TONES.second, rig.patienceMs);
    await caller.call.untilLoses(RIG_TONES.music, rig.patienceMs);
    const legs = await control.listLegs();
    expect(legs.filter((leg) => leg.held)).toEqual([]);
  }),

  contractCase('a held caller may leave', async (scene) => {
    const { control, rig } = scene;
    const { caller, agent } = await scene.talking();
    await control.hold(agent.legId);
    await caller.call.untilHears(RIG_TONES.music, rig.patienceMs);
    await caller.call.hangUp();
    await scene.expectHungUp(caller.legId, 'normal');
    expect(await control.unhold(agent.legId)).toEqual({ kind: 'done' });
    expect((await control.listLegs()).find((leg) => leg.legId === agent.legId)?.held).toBe(false);
  }),

  contractCase('the hold key of a phone is told', async (scene) => {
    const { rig } = scene;
    const { caller, agent } = await scene.talking();
    await agent.call.untilHears(RIG_TONES.caller, rig.patienceMs);
    await agent.call.hold();
    await scene.until('held', (event) => event.legId === agent.legId);
    await caller.call.untilLoses(RIG_TONES.agent, rig.patienceMs);
    await agent.call.unhold();
    await scene.until('unheld', (event) => event.legId === agent.legId);
    await caller.call.untilHears(RIG_TONES.agent, rig.patienceMs);
    await agent.call.untilHears(RIG_TONES.caller, rig.patienceMs);
  }),

  contractCase('a muted leg is not heard and hears', async (scene) => {
    const { control, rig } = scene;
    const { caller, agent } = await scene.talking();
    await caller.call.untilHears(RIG_TONES.agent, rig.patienceMs);
    expect(await control.mute(agent.legId, true)).toEqual({ kind: 'done' });
    expect(await control.mute(agent.legId, true)).toEqual({ kind: 'done' });
    await caller.call.untilLoses(RIG_TONES.agent, rig.patienceMs);
    await agent.call.untilHears(RIG_TONES.caller, rig.patienceMs);
    expect(await control.mute(agent.legId, false)).toEqual({ kind: 'done' });
    await caller.call.untilHears(RIG_TONES.agent, rig.patienceMs);
  }),

  contractCase('digits reach the phone', async (scene) => {
    const { call, legId } = await scene.answeredCaller();
    expect(await scene.control.sendDigits(legId, '19*#')).toEqual({ kind: 'done' });
    await call.untilDigits('19*#', scene.rig.patienceMs);
  }),

  contractCase('three in a conference hear each other, and leave it again', async (scene) => {
    const { control, rig } = scene;
    const caller = await scene.answeredCaller();
    const agent = await scene.ring(rig.agent);
    const second = await scene.ring(rig.second);
    const name = `room-${caller.legId.slice(0, 8)}`;
    for (const { legId } of [caller, agent, second]) {
      expect(await control.joinConference(legId, name)).toEqual({ kind: 'done' });
    }
    for (const hz of [RIG_TONES.agent, RIG_TONES.second]) await caller.call.untilHears(hz, rig.patienceMs);
    for (const hz of [RIG_TONES.caller, RIG_TONES.second]) await agent.call.untilHears(hz, rig.patienceMs);
    for (const hz of [RIG_TONES.caller, RIG_TONES.agent]) await second.call.untilHears(hz, rig.patienceMs);
    await second.call.hangUp();
    await caller.call.untilLoses(RIG_TONES.second, rig.patienceMs);
    await caller.call.untilHears(RIG_TONES.agent, rig.patienceMs);
    expect(await control.park(agent.legId)).toEqual({ kind: 'done' });
    await agent.call.untilLoses(RIG_TONES.caller, rig.patienceMs);
    expect(await control.bridge(caller.legId, agent.legId)).toEqual({ kind: 'bridged' });
    await agent.call.untilHears(RIG_TONES.caller, rig.patienceMs);
    await caller.call.untilHears(RIG_TONES.agent, rig.patienceMs);
  }),

  contractCase('a supervisor listens, whispers and barges in', async (scene) => {
    const { control, rig } = scene;
    const { caller, agent } = await scene.talking();
    const boss = await scene.ring(rig.second);
    expect(await scene.soon(control.supervise(boss.legId, agent.legId, 'listen'))).toEqual({ kind: 'done' });
    await boss.call.untilHears(RIG_TONES.caller, rig.patienceMs);
    await boss.call.untilHears(RIG_TONES.agent, rig.patienceMs);
    await agent.call.untilLoses(RIG_TONES.second, rig.patienceMs);

    expect(await control.supervise(boss.legId, agent.legId, 'whisper')).toEqual({ kind: 'done' });
    await agent.call.untilHears(RIG_TONES.second, rig.patienceMs);
    await agent.call.untilHears(RIG_TONES.caller, rig.patienceMs);
    await caller.call.untilLoses(RIG_TONES.second, rig.patienceMs);

    expect(await control.supervise(boss.legId, agent.legId, 'barge')).toEqual({ kind: 'done' });
    await caller.call.untilHears(RIG_TONES.second, rig.patienceMs);
    await agent.call.untilHears(RIG_TONES.second, rig.patienceMs);

    expect(await control.supervise(boss.legId, agent.legId, 'listen')).toEqual({ kind: 'done' });
    await caller.call.untilLoses(RIG_TONES.second, rig.patienceMs);
    await agent.call.untilLoses(RIG_TONES.second, rig.patienceMs);

    await control.hangUp(boss.legId, 'normal');
    await scene.expectHungUp(boss.legId, 'normal');
    await caller.call.untilHears(RIG_TONES.agent, rig.patienceMs);
  }),

  contractCase('a supervisor may begin by barging in', async (scene) => {
    const { control, rig } = scene;
    const { caller, agent } = await scene.talking();
    const boss = await scene.ring(rig.second);
    expect(await scene.soon(control.supervise(boss.legId, agent.legId, 'barge'))).toEqual({ kind: 'done' });
    await caller.call.untilHears(RIG_TONES.second, rig.patienceMs);
  }),
];
