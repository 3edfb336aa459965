import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Dictionary } from './dictionary.ts';
import type { Frame } from './frames.ts';
import { type HumanAct, replay } from './replay.ts';
import { type Rig, startRig } from './rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig?.close());

function dictionary(): Dictionary {
  const { ports } = rig.softswitch;
  const words = new Dictionary();
  words.learn('caller@127.0.0.1:15080', `caller@127.0.0.1:${ports.trunk}`);
  words.learn('127.0.0.1:15060', `127.0.0.1:${ports.agents}`);
  words.learn('127.0.0.1:15080', `127.0.0.1:${ports.trunk}`);
  words.learn('/sounds/say8k.wav', rig.soundFile);
  words.learn('/recordings/trace.wav', join(rig.folder, 'trace.wav'));
  return words;
}

const isNew = (frame: Frame) => frame.headers['Channel-State'] === 'CS_NEW';
const isHangup = (frame: Frame) => frame.headers['Event-Name'] === 'CHANNEL_HANGUP';

const callerDials = (): HumanAct => ({
  before: isNew,
  act: () => rig.caller.dial(`sip:4000@127.0.0.1:${rig.softswitch.ports.trunk}`),
});
const callerHangsUp = (): HumanAct => ({ before: isHangup, act: () => rig.caller.hangUp() });
const agentHangsUp = (): HumanAct => ({ before: isHangup, act: () => rig.agents[0]?.hangUp() ?? Promise.resolve() });

/** What people do in each recording. */
const SCENES: readonly (readonly [trace: string, humans: () => HumanAct[]])[] = [
  ['auth_and_errors', () => []],
  ['park_answer_hangup', () => [callerDials()]],
  ['caller_abandons', () => [callerDials(), callerHangsUp()]],
  ['ivr_digits', () => [callerDials()]],
  ['playback_break', () => [callerDials()]],
  ['originate_bridge_record_hold', () => [callerDials(), agentHangsUp()]],
  ['originate_fails', () => []],
  ['eavesdrop_whisper', () => [callerDials()]],
  ['conference', () => [callerDials()]],
  ['transfers', () => [callerDials()]],
  ['json_events', () => [callerDials(), callerHangsUp()]],
];

describe('recorded conversations with FreeSWITCH, played again', () => {
  for (const [trace, humans] of SCENES) {
    it(trace, async () => {
      expect(await replay(trace, rig.softswitch.ports.eventSocket, dictionary(), humans())).toEqual([]);
    });
  }
});
