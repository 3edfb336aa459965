import { expect } from 'vitest';
import type { CollectRequest } from '../port.ts';
import { RIG_TONES } from './rig.ts';
import { contractCase } from './scene.ts';

const ASK: CollectRequest = {
  prompts: [{ kind: 'tone', spec: '%(3000,0,700)' }],
  minDigits: 1,
  maxDigits: 4,
  attempts: 1,
  firstDigitTimeoutMs: 1500,
  interDigitTimeoutMs: 800,
  terminators: '#',
};
const SHORT = { kind: 'tone', spec: '%(300,0,700)' } as const;

export const soundCases = [
  contractCase('sounds are played one after the other', async (scene) => {
    const { call, legId } = await scene.answeredCaller();
    const playback = scene.control.play(legId, [
      { kind: 'tone', spec: '%(900,0,700)' },
      { kind: 'silence', durationMs: 300 },
      { kind: 'tone', spec: '%(900,0,900)' },
    ]);
    await call.untilHears(700, scene.rig.patienceMs);
    await call.untilLoses(700, scene.rig.patienceMs);
    await call.untilHears(900, scene.rig.patienceMs);
    expect(await scene.soon(playback.outcome)).toEqual({ kind: 'done' });
    await call.untilLoses(900, scene.rig.patienceMs);
  }),

  contractCase('a file is played, whatever characters its name has', async (scene) => {
    const { call, legId } = await scene.answeredCaller();
    const path = await scene.rig.soundFile(950, 1200);
    expect(path).toMatch(/, /);
    const playback = scene.control.play(legId, [{ kind: 'file', path }]);
    await call.untilHears(950, scene.rig.patienceMs);
    expect(await scene.soon(playback.outcome)).toEqual({ kind: 'done' });
  }),

  contractCase('a playback stops when told, also twice', async (scene) => {
    const { call, legId } = await scene.answeredCaller();
    const playback = scene.control.play(legId, [{ kind: 'tone', spec: '%(60000,0,700)' }]);
    await call.untilHears(700, scene.rig.patienceMs);
    await playback.stop();
    await playback.stop();
    expect(await scene.soon(playback.outcome)).toEqual({ kind: 'stopped' });
    await call.untilLoses(700, scene.rig.patienceMs);
  }),

  contractCase('a playback that is stopped at once ends too, and the next one is heard', async (scene) => {
    const { call, legId } = await scene.answeredCaller();
    for (let turn = 0; turn < 5; turn++) {
      const playback = scene.control.play(legId, [{ kind: 'tone', spec: '%(60000,0,700)' }]);
      await playback.stop();
      expect(await scene.soon(playback.outcome)).toEqual({ kind: 'stopped' });
    }
    const last = scene.control.play(legId, [{ kind: 'tone', spec: '%(1500,0,900)' }]);
    await call.untilHears(900, scene.rig.patienceMs);
    expect(await scene.soon(last.outcome)).toEqual({ kind: 'done' });
  }),

  contractCase('a missing file is said to be missing', async (scene) => {
    const { legId } = await scene.answeredCaller();
    const playback = scene.control.play(legId, [{ kind: 'file', path: '/nowhere/at all.wav' }]);
    expect(await scene.soon(playback.outcome)).toEqual({ kind: 'missing' });
  }),

  contractCase('a new playback takes the place of the old one', async (scene) => {
    const { call, legId } = await scene.answeredCaller();
    const first = scene.control.play(legId, [{ kind: 'tone', spec: '%(60000,0,700)' }]);
    await call.untilHears(700, scene.rig.patienceMs);
    const second = scene.control.play(legId, [{ kind: 'tone', spec: '%(1500,0,900)' }]);
    expect(await scene.soon(first.outcome)).toEqual({ kind: 'stopped' });
    await call.untilHears(900, scene.rig.patienceMs);
    expect(await scene.soon(second.outcome)).toEqual({ kind: 'done' });
    await call.untilLoses(700, scene.rig.patienceMs);
  }),

  contractCase('a caller who hangs up ends the playback', async (scene) => {
    const { call, legId } = await scene.answeredCaller();
    const playback = scene.control.play(legId, [{ kind: 'tone', spec: '%(60000,0,700)' }]);
    await call.untilHears(700, scene.rig.patienceMs);
    await call.hangUp();
    expect(await scene.soon(playback.outcome)).toEqual({ kind: 'gone' });
  }),

  contractCase('a digit does not end a playback', async (scene) => {
    const { call, legId } = await scene.answeredCaller();
    const playback = scene.control.play(legId, [{ kind: 'tone', spec: '%(2500,0,700)' }]);
    await call.untilHears(700, scene.rig.patienceMs);
    call.sendDigits('*1');
    await scene.until('digit', (event) => event.legId === legId && event.digit === '1');
    expect(await scene.soon(playback.outcome)).toEqual({ kind: 'done' });
  }),

  contractCase('music plays until something else is asked, or until it is stopped', async (scene) => {
    const { call, legId } = await scene.answeredCaller();
    expect(await scene.control.startMusic(legId)).toEqual({ kind: 'done' });
    await call.untilHears(RIG_TONES.music, scene.rig.patienceMs);
    const playback = scene.control.play(legId, [{ kind: 'tone', spec: '%(1000,0,900)' }]);
    await call.untilHears(900, scene.rig.patienceMs);
    expect(await scene.soon(playback.outcome)).toEqual({ kind: 'done' });
    await call.untilLoses(RIG_TONES.music, scene.rig.patienceMs);
    await scene.control.startMusic(legId);
    await call.untilHears(RIG_TONES.music, scene.rig.patienceMs);
    expect(await scene.control.stopMusic(legId)).toEqual({ kind: 'done' });
    await call.untilLoses(RIG_TONES.music, scene.rig.patienceMs);
  }),

  contractCase('digits end with the terminator, which is not one of them', async (scene) => {
    const { call, legId } = await scene.answeredCaller();
    const asked = scene.control.collectDigits(legId, ASK);
    await call.untilHears(700, scene.rig.patienceMs);
    call.sendDigits('12#');
    expect(await scene.soon(asked)).toEqual({ kind: 'digits', digits: '12' });
    await call.untilLoses(700, scene.rig.patienceMs);
    expect(scene.events.filter((event) => event.kind === 'digit').map((event) => event.digit)).toEqual(['1', '2', '#']);
  }),

  contractCase('digits end when there are enough', async (scene) => {
    const { call, legId } = await scene.answeredCaller();
    const asked = scene.control.collectDigits(legId, {
      ...ASK,
      prompts: [SHORT, SHORT],
      maxDigits: 2,
      terminators: '',
    });
    await call.untilHears(700, scene.rig.patienceMs);
    call.sendDigits('78');
    expect(await scene.soon(asked)).toEqual({ kind: 'digits', digits: '78' });
  }),

  contractCase('nothing pressed is no input', async (scene) => {
    const { legId } = await scene.answeredCaller();
    const asked = scene.control.collectDigits(legId, {
      ...ASK,
      prompts: [SHORT],
      firstDigitTimeoutMs: 300,
      attempts: 2,
    });
    expect(await scene.soon(asked)).toEqual({ kind: 'no-input' });
  }),

  contractCase('the wrong thing pressed is invalid, and may be tried again', async (scene) => {
    const { call, legId } = await scene.answeredCaller();
    const asked = scene.control.collectDigits(legId, {
      ...ASK,
      prompts: [SHORT],
      invalidPrompt: { kind: 'tone', spec: '%(1500,0,900)' },
      attempts: 2,
      maxDigits: 1,
      pattern: '[12]',
    });
    await call.untilHears(700, scene.rig.patienceMs);
    call.sendDigits('9');
    await call.untilHears(900, scene.rig.patienceMs);
    call.sendDigits('2');
    expect(await scene.soon(asked)).toEqual({ kind: 'digits', digits: '2' });
  }),

  contractCase('too few digits are invalid in the end', async (scene) => {
    const { call, legId } = await scene.answeredCaller();
    const asked = scene.control.collectDigits(legId, { ...ASK, minDigits: 3, interDigitTimeoutMs: 400 });
    await call.untilHears(700, scene.rig.patienceMs);
    call.sendDigits('1');
    expect(await scene.soon(asked)).toEqual({ kind: 'invalid' });
  }),

  contractCase('a caller who hangs up ends the question', async (scene) => {
    const { call, legId } = await scene.answeredCaller();
    const asked = scene.control.collectDigits(legId, ASK);
    await call.untilHears(700, scene.rig.patienceMs);
    await call.hangUp();
    expect(await scene.soon(asked)).toEqual({ kind: 'gone' });
  }),
];
