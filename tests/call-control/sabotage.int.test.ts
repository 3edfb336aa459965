import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallRig, CONTRACT, runContractCase } from '../../switch/call-control/contract.ts';
import type { CallControl } from '../../switch/index.ts';
import { eventSocketRig } from './event-socket-rig.ts';
import { softswitchUnderTest } from './softswitch-under-test.ts';

const PATIENCE_MS = 3000;
const done = async (): Promise<{ kind: 'done' }> => ({ kind: 'done' });

/** One fault in an otherwise sound control, and the case that must notice it. */
const FAULTS: readonly {
  readonly fault: string;
  readonly noticedBy: string;
  readonly spoil: (control: CallControl) => Partial<CallControl>;
}[] = [
  {
    fault: 'every hang-up has the same cause',
    noticedBy: 'an unanswered caller can be refused as busy',
    spoil: (control) => ({ hangUp: (legId) => control.hangUp(legId, 'normal') }),
  },
  {
    fault: 'stopping a playback does nothing',
    noticedBy: 'a playback stops when told, also twice',
    spoil: (control) => ({
      play: (legId, sounds) => ({ ...control.play(legId, sounds), stop: async () => undefined }),
    }),
  },
  {
    fault: 'only the first sound is played',
    noticedBy: 'sounds are played one after the other',
    spoil: (control) => ({ play: (legId, sounds) => control.play(legId, sounds.slice(0, 1)) }),
  },
  {
    fault: 'input is not compared with the pattern',
    noticedBy: 'the wrong thing pressed is invalid, and may be tried again',
    spoil: (control) => ({
      collectDigits: (legId, { pattern: _, ...request }) => control.collectDigits(legId, request),
    }),
  },
  {
    fault: 'a phone rings as long as the switch likes',
    noticedBy: 'a phone that nobody takes up does not answer',
    spoil: (control) => ({ originate: (request) => control.originate({ ...request, ringTimeoutMs: 60_000 }) }),
  },
  {
    fault: 'hold has no music',
    noticedBy: 'on hold, at once after the bridge, the partner hears music and the holder nothing',
    spoil: () => ({ hold: done }),
  },
  { fault: 'mute is heard', noticedBy: 'a muted leg is not heard and hears', spoil: () => ({ mute: done }) },
  {
    fault: 'park leaves the bridge',
    noticedBy: 'parking parts both, and they can be joined again',
    spoil: () => ({ park: done }),
  },
  {
    fault: 'a whisper is heard by both',
    noticedBy: 'a supervisor listens, whispers and barges in',
    spoil: (control) => ({
      supervise: (boss, agent, mode) => control.supervise(boss, agent, mode === 'whisper' ? 'barge' : mode),
    }),
  },
  {
    fault: 'the sides of a recording are changed',
    noticedBy: 'a recording has each party on its own side and grows as they speak',
    spoil: (control) => ({
      startRecording: async (legId, path) => {
        const partner = (await control.listLegs()).find((leg) => leg.legId === legId)?.bridgedTo;
        return control.startRecording(partner ?? legId, path);
      },
    }),
  },
  {
    fault: 'pausing records on',
    noticedBy: 'a paused recording is silent, and its time goes on',
    spoil: () => ({ pauseRecording: done }),
  },
  {
    fault: 'tags are lost',
    noticedBy: 'a leg keeps its tags and is listed with what it is',
    spoil: () => ({ tag: done }),
  },
];

let running: Awaited<ReturnType<typeof softswitchUnderTest>>;

beforeAll(async () => {
  running = await softswitchUnderTest();
});

afterAll(() => running.softswitch.close());

async function rigWith(spoil: (control: CallControl) => Partial<CallControl>): Promise<CallRig> {
  const rig = await eventSocketRig(running.target, PATIENCE_MS);
  const sound = rig.control;
  const spoilt = spoil(sound);
  const control = new Proxy(sound, {
    get(target, name) {
      const found = name in spoilt ? Reflect.get(spoilt, name) : Reflect.get(target, name);
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
  return { ...rig, control };
}

describe('the contract notices', () => {
  const cases = Object.values(CONTRACT).flat();
  it.each(FAULTS)('$fault', async ({ noticedBy, spoil }) => {
    const watchful = cases.find((one) => one.name === noticedBy);
    if (!watchful) return expect.fail(`there is no case "${noticedBy}"`);
    await runContractCase(watchful, () => rigWith(() => ({})));
    await expect(runContractCase(watchful, () => rigWith(spoil))).rejects.toThrow();
  });
});
