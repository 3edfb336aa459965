import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type CallRig,
  CONTRACT,
  type RigCall,
  type RigPhone,
  runContractCase,
} from '../../switch/call-control/contract.ts';
import type { CallControl, CallEvent, LegId } from '../../switch/index.ts';

const PATIENCE_MS = 40;
const never = <T>(): Promise<T> => new Promise(() => undefined);
const late = (what: string) => async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  throw new Error(`never ${what}`);
};

/** A switch that says yes to everything, tells everything twice, and does nothing. */
class YesMan implements CallControl {
  readonly node = 'broken';
  readonly linked = true;
  readonly #listeners = new Set<(event: CallEvent) => void>();

  onEvent(listener: (event: CallEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(event: CallEvent): void {
    for (const listener of this.#listeners) {
      listener(event);
      listener(event);
    }
  }

  #done = async (): Promise<{ kind: 'done' }> => ({ kind: 'done' });
  listLegs = async () => [];
  answer = async (legId: LegId) => {
    this.tell({ kind: 'answered', legId, atMs: Date.now() });
    return this.#done();
  };
  hangUp = async (legId: LegId) => {
    this.tell({ kind: 'hung-up', legId, atMs: Date.now(), cause: 'normal', rawCause: 'NORMAL_CLEARING' });
    return this.#done();
  };
  play = () => ({ outcome: this.#done(), stop: async () => undefined });
  collectDigits = async () => ({ kind: 'digits' as const, digits: '0' });
  startMusic = this.#done;
  stopMusic = this.#done;
  originate = async ({ legId }: { legId: LegId }) => ({ kind: 'answered' as const, legId });
  bridge = async (legId: LegId, otherLegId: LegId) => {
    this.tell({ kind: 'bridged', legId, otherLegId, atMs: Date.now() });
    return { kind: 'bridged' as const };
  };
  park = this.#done;
  hold = this.#done;
  unhold = this.#done;
  mute = this.#done;
  sendDigits = this.#done;
  startRecording = this.#done;
  pauseRecording = this.#done;
  resumeRecording = this.#done;
  stopRecording = this.#done;
  supervise = this.#done;
  joinConference = this.#done;
  tag = this.#done;
  isRegistered = async () => true;
  close = async () => undefined;
}

function deafCall(): RigCall {
  return {
    answered: Promise.resolve(),
    ended: never(),
    invitedWith: () => '',
    answer: () => undefined,
    hangUp: async () => undefined,
    vanish: () => undefined,
    sendDigits: () => undefined,
    hold: async () => undefined,
    unhold: async () => undefined,
    untilHears: late('heard'),
    untilLoses: late('lost'),
    untilDigits: late('got digits'),
  };
}

function deafPhone(user: string, control: YesMan): RigPhone {
  return {
    user,
    onCall: { kind: 'answer' },
    contact: `sip:${user}@127.0.0.1`,
    call: async () => {
      const legId = randomUUID();
      setTimeout(
        () => control.tell({ kind: 'arrived', legId, atMs: Date.now(), callerNumber: user, dialedNumber: '' }),
        1,
      );
      return deafCall();
    },
    nextCall: async () => deafCall(),
    register: async () => undefined,
  };
}

async function brokenRig(): Promise<CallRig> {
  const control = new YesMan();
  const phone = (user: string) => deafPhone(user, control);
  return {
    control,
    patienceMs: PATIENCE_MS,
    caller: phone('caller'),
    agent: phone('1001'),
    second: phone('1002'),
    outside: phone('outside'),
    agentAnew: async () => phone('1001'),
    absentUser: '1999',
    soundFile: async () => '/tmp/welcome, tone.wav',
    recordingPath: () => '/tmp/call 1.wav',
    readRecording: async () => ({ left: new Int16Array(0), right: new Int16Array(0) }),
    cutLink: () => undefined,
    mendLink: () => undefined,
    close: async () => undefined,
  };
}

describe('the contract does not believe a switch that only says yes', () => {
  const cases = Object.entries(CONTRACT).flatMap(([area, list]) => list.map((one) => ({ area, ...one, run: one.run })));
  it.each(cases)('$area: $name', async (one) => {
    await expect(runContractCase(one, brokenRig)).rejects.toThrow();
  });
});
