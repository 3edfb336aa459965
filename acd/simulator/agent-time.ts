import type { EffectOf } from '../engine/index.ts';

/** All agents' time together, ms. With several contacts at once the strongest state counts: handling, then ringing, then wrap-up. */
export interface AgentTimes {
  readonly signedInMs: number;
  readonly handlingMs: number;
  readonly ringingMs: number;
  readonly wrapUpMs: number;
  /** Could take something and had nothing; the pause after an offer that came to nothing is not part of it. */
  readonly availableIdleMs: number;
  /** On break, or left alone after such an offer. */
  readonly awayMs: number;
}

type Writable = { -readonly [K in keyof AgentTimes]: AgentTimes[K] };

/** Adds up what the agents did between two times. */
export class AgentTime {
  readonly #fromMs: number;
  readonly #untilMs: number;
  readonly #last = new Map<string, EffectOf<'agent-state'>>();
  readonly #sum: Writable = {
    signedInMs: 0,
    handlingMs: 0,
    ringingMs: 0,
    wrapUpMs: 0,
    availableIdleMs: 0,
    awayMs: 0,
  };

  constructor(fromMs: number, untilMs: number) {
    this.#fromMs = fromMs;
    this.#untilMs = untilMs;
  }

  note(effect: EffectOf<'agent-state'>): void {
    const before = this.#last.get(effect.agentId);
    if (before) this.#add(before, effect.atMs);
    this.#last.set(effect.agentId, effect);
  }

  result(): AgentTimes {
    for (const state of this.#last.values()) this.#add(state, this.#untilMs);
    this.#last.clear();
    return this.#sum;
  }

  #add(state: EffectOf<'agent-state'>, endMs: number): void {
    if (!state.signedIn) return;
    const fromMs = Math.max(state.atMs, this.#fromMs);
    const untilMs = Math.min(endMs, this.#untilMs);
    const spanMs = untilMs - fromMs;
    if (spanMs <= 0) return;
    const sum = this.#sum;
    sum.signedInMs += spanMs;
    if (state.state === 'handling') sum.handlingMs += spanMs;
    else if (state.state === 'offered') sum.ringingMs += spanMs;
    else if (state.state === 'wrap-up') sum.wrapUpMs += spanMs;
    else if (state.status !== 'available') sum.awayMs += spanMs;
    else {
      const pausedMs = Math.max(0, Math.min(untilMs, state.pausedUntilMs ?? fromMs) - fromMs);
      sum.awayMs += pausedMs;
      sum.availableIdleMs += spanMs - pausedMs;
    }
  }
}
