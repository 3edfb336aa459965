import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { CallEvent, LegId } from '../port.ts';
import type { CallRig, RigCall, RigPhone } from './rig.ts';

type EventOf<K extends CallEvent['kind']> = Extract<CallEvent, { kind: K }>;

/** Somebody's call together with the leg it is on the switch. */
export interface Party {
  readonly call: RigCall;
  readonly legId: LegId;
}

/** One act of the contract: a rig, everything that the switch said in it, and the usual beginnings. */
export class Scene {
  readonly rig: CallRig;
  readonly events: CallEvent[] = [];
  #changed: (() => void)[] = [];
  readonly #stop: () => void;

  constructor(rig: CallRig) {
    this.rig = rig;
    this.#stop = rig.control.onEvent((event) => {
      this.events.push(event);
      for (const wake of this.#changed.splice(0)) wake();
    });
  }

  get control(): CallRig['control'] {
    return this.rig.control;
  }

  end(): void {
    this.#stop();
  }

  /** The first event of a kind that `fits`, past or to come. */
  async until<K extends CallEvent['kind']>(
    kind: K,
    fits: (event: EventOf<K>) => boolean = () => true,
  ): Promise<EventOf<K>> {
    const endMs = Date.now() + this.rig.patienceMs;
    for (;;) {
      const found = this.events.find((event): event is EventOf<K> => event.kind === kind && fits(event as EventOf<K>));
      if (found) return found;
      const leftMs = endMs - Date.now();
      if (leftMs <= 0) expect.fail(`no ${kind} within ${this.rig.patienceMs} ms`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.#changed.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  count(kind: CallEvent['kind'], legId: LegId): number {
    return this.events.filter((event) => event.kind === kind && 'legId' in event && event.legId === legId).length;
  }

  /** Fails when a promise takes longer than the rig's patience. */
  async soon<T>(work: Promise<T>, what = 'it'): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${what} took too long`)), this.rig.patienceMs);
    });
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
  }

  /** The caller calls and waits unanswered. */
  async callIn(phone: RigPhone = this.rig.caller, number = '4000'): Promise<Party> {
    const call = await phone.call(number);
    const { legId } = await this.until(
      'arrived',
      (event) =>
        event.callerNumber === phone.user && !this.events.some((e) => e.kind === 'hung-up' && e.legId === event.legId),
    );
    return { call, legId };
  }

  async answeredCaller(phone: RigPhone = this.rig.caller): Promise<Party> {
    const party = await this.callIn(phone);
    expect(await this.control.answer(party.legId)).toEqual({ kind: 'done' });
    await this.soon(party.call.answered, 'the answer');
    return party;
  }

  /** Rings a phone that answers. */
  async ring(phone: RigPhone): Promise<Party> {
    const legId = randomUUID();
    const outcome = this.control.originate({
      legId,
      target: { kind: 'phone', user: phone.user },
      ringTimeoutMs: 10_000,
      callerNumber: '4000',
    });
    const call = await phone.nextCall(this.rig.patienceMs);
    expect(await this.soon(outcome, 'originate')).toEqual({ kind: 'answered', legId });
    return { call, legId };
  }

  /** Caller and agent talk. */
  async talking(): Promise<{ caller: Party; agent: Party }> {
    const caller = await this.answeredCaller();
    const agent = await this.ring(this.rig.agent);
    expect(await this.control.bridge(caller.legId, agent.legId)).toEqual({ kind: 'bridged' });
    return { caller, agent };
  }

  async expectHungUp(legId: LegId, cause: string): Promise<void> {
    expect((await this.until('hung-up', (event) => event.legId === legId)).cause).toBe(cause);
  }
}

/** One thing that every switch must do. */
export interface ContractCase {
  readonly name: string;
  run(scene: Scene): Promise<void>;
}

export function contractCase(name: string, run: (scene: Scene) => Promise<void>): ContractCase {
  return { name, run };
}
