import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { RIG_TONES } from './rig.ts';
import { contractCase } from './scene.ts';

export const arrivalCases = [
  contractCase('a call arrives with who calls whom, and waits', async (scene) => {
    await scene.rig.caller.call('4321');
    const event = await scene.until('arrived', (e) => e.callerNumber === scene.rig.caller.user);
    expect(event.dialedNumber).toBe('4321');
    expect(event.fromUser).toBeUndefined();
    expect(Math.abs(event.atMs - Date.now())).toBeLessThan(60_000);
    expect(scene.count('answered', event.legId)).toBe(0);
  }),

  contractCase('a call from a registered phone says whose it is', async (scene) => {
    const { rig } = scene;
    await rig.agent.call('4000');
    const event = await scene.until('arrived', (e) => e.fromUser !== undefined);
    expect(event.fromUser).toBe(rig.agent.user);
    const leg = (await scene.control.listLegs()).find((one) => one.legId === event.legId);
    expect(leg?.fromUser).toBe(rig.agent.user);
  }),

  contractCase('a caller may hear something before the answer', async (scene) => {
    const { call, legId } = await scene.callIn();
    const playback = scene.control.play(legId, [{ kind: 'tone', spec: '%(5000,0,700)' }]);
    await call.untilHears(700, scene.rig.patienceMs);
    expect(scene.count('answered', legId)).toBe(0);
    await playback.stop();
    expect(await scene.soon(playback.outcome)).toEqual({ kind: 'stopped' });
  }),

  contractCase('answering answers, and again is done', async (scene) => {
    const { call, legId } = await scene.callIn();
    expect(await scene.control.answer(legId)).toEqual({ kind: 'done' });
    await scene.soon(call.answered, 'the answer');
    await scene.until('answered', (event) => event.legId === legId);
    expect(await scene.control.answer(legId)).toEqual({ kind: 'done' });
    expect(scene.count('answered', legId)).toBe(1);
  }),

  contractCase('an unanswered caller can be refused as busy', async (scene) => {
    const { call, legId } = await scene.callIn();
    expect(await scene.control.hangUp(legId, 'busy')).toEqual({ kind: 'done' });
    expect(await scene.soon(call.ended, 'the refusal')).toEqual({ by: 'them', status: 486 });
    await scene.expectHungUp(legId, 'busy');
  }),

  contractCase('a caller who gives up before the answer is cancelled', async (scene) => {
    const { call, legId } = await scene.callIn();
    await call.hangUp();
    await scene.expectHungUp(legId, 'cancelled');
    expect(await scene.control.answer(legId)).toEqual({ kind: 'gone' });
  }),

  contractCase('a leg ends once, and hanging up again finds it gone', async (scene) => {
    const { call, legId } = await scene.answeredCaller();
    expect(await scene.control.hangUp(legId, 'normal')).toEqual({ kind: 'done' });
    expect(await scene.soon(call.ended, 'the end')).toEqual({ by: 'them' });
    await scene.expectHungUp(legId, 'normal');
    expect(await scene.control.hangUp(legId, 'normal')).toEqual({ kind: 'gone' });
    expect(scene.count('hung-up', legId)).toBe(1);
  }),

  contractCase('a leg can be hung up in every state', async (scene) => {
    const { control, rig } = scene;
    const playing = await scene.answeredCaller();
    const playback = control.play(playing.legId, [{ kind: 'tone', spec: '%(9000,0,700)' }]);
    await playing.call.untilHears(700, rig.patienceMs);
    await control.hangUp(playing.legId, 'normal');
    expect((await scene.soon(playback.outcome)).kind).toMatch(/gone|stopped/);
    await scene.expectHungUp(playing.legId, 'normal');

    const { caller, agent } = await scene.talking();
    await control.startRecording(caller.legId, rig.recordingPath());
    await control.hold(agent.legId);
    await scene.until('held', (event) => event.legId === agent.legId);
    expect(await control.hangUp(caller.legId, 'normal')).toEqual({ kind: 'done' });
    expect(await scene.soon(caller.call.ended, 'the end')).toEqual({ by: 'them' });
    expect(await control.hangUp(agent.legId, 'normal')).toEqual({ kind: 'done' });
    expect(await scene.soon(agent.call.ended, 'the end')).toEqual({ by: 'them' });
    await scene.until('recording-stopped', (event) => event.legId === caller.legId);
  }),

  contractCase('no verb finds a leg that does not exist', async (scene) => {
    const { control, rig } = scene;
    const nobody = randomUUID();
    const gone = { kind: 'gone' };
    expect(await control.answer(nobody)).toEqual(gone);
    expect(await control.hangUp(nobody, 'normal')).toEqual(gone);
    expect(await scene.soon(control.play(nobody, [{ kind: 'silence', durationMs: 100 }]).outcome)).toEqual(gone);
    const request = { prompts: [], minDigits: 1, maxDigits: 1, attempts: 1, terminators: '' };
    const timeouts = { firstDigitTimeoutMs: 100, interDigitTimeoutMs: 100 };
    expect(await scene.soon(control.collectDigits(nobody, { ...request, ...timeouts }))).toEqual(gone);
    expect(await control.startMusic(nobody)).toEqual(gone);
    expect(await control.stopMusic(nobody)).toEqual(gone);
    expect(await control.park(nobody)).toEqual(gone);
    expect(await control.hold(nobody)).toEqual(gone);
    expect(await control.unhold(nobody)).toEqual(gone);
    expect(await control.mute(nobody, true)).toEqual(gone);
    expect(await control.sendDigits(nobody, '1')).toEqual(gone);
    expect(await control.startRecording(nobody, rig.recordingPath())).toEqual(gone);
    expect(await control.pauseRecording(nobody, rig.recordingPath())).toEqual(gone);
    expect(await control.resumeRecording(nobody, rig.recordingPath())).toEqual(gone);
    expect(await control.stopRecording(nobody, rig.recordingPath())).toEqual(gone);
    expect(await control.joinConference(nobody, 'nobody')).toEqual(gone);
    expect(await control.tag(nobody, { role: 'caller' })).toEqual(gone);
    const { legId } = await scene.answeredCaller();
    expect(await control.bridge(nobody, legId)).toEqual({ kind: 'gone', legId: nobody });
    expect(await control.bridge(legId, nobody)).toEqual({ kind: 'gone', legId: nobody });
    expect(await scene.soon(control.supervise(legId, nobody, 'listen'))).toEqual(gone);
    expect(await scene.soon(control.supervise(nobody, legId, 'listen'))).toEqual(gone);
  }),

  contractCase('a leg keeps its tags and is listed with what it is', async (scene) => {
    const { control } = scene;
    const { caller, agent } = await scene.talking();
    expect(await control.tag(caller.legId, { contactId: 'contact-17', role: 'caller' })).toEqual({ kind: 'done' });
    const legs = await control.listLegs();
    expect(legs.find((leg) => leg.legId === caller.legId)).toMatchObject({
      direction: 'inbound',
      answered: true,
      held: false,
      callerNumber: scene.rig.caller.user,
      dialedNumber: '4000',
      bridgedTo: agent.legId,
      contactId: 'contact-17',
      role: 'caller',
    });
    expect(legs.find((leg) => leg.legId === agent.legId)).toMatchObject({
      direction: 'outbound',
      bridgedTo: caller.legId,
    });
    await control.park(agent.legId);
    await scene.until('unbridged');
    const after = (await control.listLegs()).find((leg) => leg.legId === caller.legId);
    expect(after).toBeDefined();
    expect(after?.bridgedTo).toBeUndefined();
  }),

  contractCase('phones come and go', async (scene) => {
    const { control, rig } = scene;
    expect(await control.isRegistered(rig.agent.user)).toBe(true);
    expect(await control.isRegistered(rig.absentUser)).toBe(false);
    await rig.agent.register(0);
    await scene.until('unregistered', (event) => event.user === rig.agent.user);
    expect(await control.isRegistered(rig.agent.user)).toBe(false);
    await rig.agent.register();
    await scene.until('registered', (event) => event.user === rig.agent.user);
    expect(await control.isRegistered(rig.agent.user)).toBe(true);
  }),

  contractCase('the phones hear what each other sends', async (scene) => {
    const { caller, agent } = await scene.talking();
    await caller.call.untilHears(RIG_TONES.agent, scene.rig.patienceMs);
    await agent.call.untilHears(RIG_TONES.caller, scene.rig.patienceMs);
  }),
];
