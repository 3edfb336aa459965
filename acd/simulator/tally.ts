import type { Effect, EffectOf, Outcome } from '../engine/index.ts';
import { AgentTime, type AgentTimes } from './agent-time.ts';

/** What was counted in one queue, or over all. Times in ms. A re-entry (transfer, return) is an entry of its own. */
export interface Tally {
  offered: number;
  reentered: number;
  answered: number;
  answeredWithin: number;
  answeredWaitMs: number;
  abandoned: number;
  abandonedWithin: number;
  shortAbandoned: number;
  abandonedWaitMs: number;
  /** Answered or abandoned after a wait above 0. */
  waited: number;
  longestWaitMs: number;
  overflowed: number;
  callbacksTaken: number;
  callbacksAnswered: number;
  otherwiseLeft: number;
  /** Conversations that ended, and what they took. */
  handled: number;
  talkMs: number;
  wrapUpMs: number;
  handledContacts: number;
  transferredContacts: number;
  offers: number;
  unansweredOffers: number;
}

export interface Count {
  readonly total: Tally;
  readonly queues: ReadonlyMap<string, Tally>;
  readonly agents: AgentTimes;
  /** By start of the interval, ms since 1970, over all queues; empty when none were asked for. */
  readonly intervals: ReadonlyMap<number, Tally>;
}

export interface Span {
  /** What begins before is not counted. */
  readonly fromMs: number;
  /** Agents' time is counted until here. */
  readonly untilMs: number;
  readonly serviceLevelThresholdMs: number;
  /** Length of the intervals that are counted apart, from `fromMs` on; absent: none. */
  readonly intervalMs?: number | undefined;
}

const nothing = (): Tally => ({
  offered: 0,
  reentered: 0,
  answered: 0,
  answeredWithin: 0,
  answeredWaitMs: 0,
  abandoned: 0,
  abandonedWithin: 0,
  shortAbandoned: 0,
  abandonedWaitMs: 0,
  waited: 0,
  longestWaitMs: 0,
  overflowed: 0,
  callbacksTaken: 0,
  callbacksAnswered: 0,
  otherwiseLeft: 0,
  handled: 0,
  talkMs: 0,
  wrapUpMs: 0,
  handledContacts: 0,
  transferredContacts: 0,
  offers: 0,
  unansweredOffers: 0,
});

/** Where a contact was handled and passed on, until it ends. */
interface Trail {
  readonly handledIn: Set<string>;
  readonly passedOnFrom: Set<string>;
}

/** Counts from the engine's effects alone, so a recorded journal is counted exactly as a simulated one. */
export class Counter {
  readonly #span: Span;
  readonly #total = nothing();
  readonly #queues = new Map<string, Tally>();
  readonly #trails = new Map<string, Trail>();
  readonly #callbacks = new Set<string>();
  readonly #intervals = new Map<number, Tally>();
  readonly #agents: AgentTime;

  constructor(span: Span, queueIds: readonly string[] = []) {
    this.#span = span;
    this.#agents = new AgentTime(span.fromMs, span.untilMs);
    for (const queueId of queueIds) this.#queues.set(queueId, nothing());
    if (span.intervalMs === undefined) return;
    for (let atMs = span.fromMs; atMs < span.untilMs; atMs += span.intervalMs) this.#intervals.set(atMs, nothing());
  }

  take(effects: readonly Effect[]): void {
    for (const effect of effects) this.#takeOne(effect);
  }

  result(): Count {
    for (const trail of this.#trails.values()) this.#countTrail(trail);
    this.#trails.clear();
    return { total: this.#total, queues: this.#queues, agents: this.#agents.result(), intervals: this.#intervals };
  }

  #takeOne(effect: Effect) {
    switch (effect.type) {
      case 'agent-state':
        return this.#agents.note(effect);
      case 'contact-joined':
        return this.#join(effect);
      case 'contact-left':
        return this.#leave(effect);
      case 'offer':
        if (this.#counts(effect.atMs)) this.#in(effect.queueId, effect.atMs, (tally) => tally.offers++);
        return;
      case 'offer-ended':
        if ((effect.end === 'timed-out' || effect.end === 'no-answer') && this.#counts(effect.atMs))
          this.#in(effect.queueId, effect.atMs, (tally) => tally.unansweredOffers++);
        return;
      case 'assignment-ended':
        return this.#endHandling(effect);
      case 'wrap-up-ended':
        if (this.#counts(effect.atMs))
          this.#in(effect.queueId, effect.atMs, (tally) => (tally.wrapUpMs += effect.wrapUpMs));
        return;
      case 'contact-ended': {
        this.#callbacks.delete(effect.contactId);
        const trail = this.#trails.get(effect.contactId);
        if (trail) this.#countTrail(trail);
        this.#trails.delete(effect.contactId);
        return;
      }
    }
  }

  #counts(atMs: number): boolean {
    return atMs >= this.#span.fromMs;
  }

  #in(queueId: string, atMs: number, change: (tally: Tally) => void): void {
    let tally = this.#queues.get(queueId);
    if (!tally) this.#queues.set(queueId, (tally = nothing()));
    change(tally);
    change(this.#total);
    const { fromMs, intervalMs } = this.#span;
    if (intervalMs === undefined) return;
    const startMs = fromMs + Math.floor((atMs - fromMs) / intervalMs) * intervalMs;
    let interval = this.#intervals.get(startMs);
    if (!interval) this.#intervals.set(startMs, (interval = nothing()));
    change(interval);
  }

  #join({ contactId, queueId, why, atMs }: EffectOf<'contact-joined'>): void {
    if (why === 'callback') {
      this.#callbacks.add(contactId);
      return;
    }
    this.#callbacks.delete(contactId);
    if (this.#counts(atMs)) {
      const again = why === 'transfer' || why === 'requeued';
      this.#in(queueId, atMs, (tally) => {
        tally.offered++;
        if (again) tally.reentered++;
      });
    }
  }

  #leave({ contactId, queueId, outcome, waitedMs, atMs }: EffectOf<'contact-left'>): void {
    const joinedMs = atMs - waitedMs;
    if (!this.#counts(joinedMs)) return;
    // An event of the service level happens when it is decided: at the answer, the abandon, or when the threshold has passed.
    const decidedMs = Math.min(atMs, joinedMs + this.#span.serviceLevelThresholdMs);
    const isCallback = this.#callbacks.has(contactId);
    this.#in(queueId, decidedMs, (tally) => {
      if (!isCallback) this.#countLeaving(tally, outcome, waitedMs);
      else if (outcome === 'answered') tally.callbacksAnswered++;
    });
  }

  #countLeaving(tally: Tally, outcome: Outcome, waitedMs: number): void {
    const within = waitedMs <= this.#span.serviceLevelThresholdMs;
    switch (outcome) {
      case 'answered':
        tally.answered++;
        tally.answeredWaitMs += waitedMs;
        if (within) tally.answeredWithin++;
        break;
      case 'abandoned':
      case 'short-abandoned':
        tally.abandoned++;
        tally.abandonedWaitMs += waitedMs;
        if (within) tally.abandonedWithin++;
        if (outcome === 'short-abandoned') tally.shortAbandoned++;
        break;
      case 'overflowed':
        tally.overflowed++;
        return;
      case 'callback-taken':
        tally.callbacksTaken++;
        return;
      default:
        tally.otherwiseLeft++;
        return;
    }
    if (waitedMs > 0) tally.waited++;
    tally.longestWaitMs = Math.max(tally.longestWaitMs, waitedMs);
  }

  #endHandling({ contactId, queueId, handledMs, why, atMs }: EffectOf<'assignment-ended'>): void {
    if (!this.#counts(atMs)) return;
    this.#in(queueId, atMs, (tally) => {
      tally.handled++;
      tally.talkMs += handledMs;
    });
    let trail = this.#trails.get(contactId);
    if (!trail) this.#trails.set(contactId, (trail = { handledIn: new Set(), passedOnFrom: new Set() }));
    trail.handledIn.add(queueId);
    if (why === 'transferred') trail.passedOnFrom.add(queueId);
  }

  #countTrail(trail: Trail): void {
    for (const queueId of trail.handledIn) this.#queues.get(queueId)!.handledContacts++;
    for (const queueId of trail.passedOnFrom) this.#queues.get(queueId)!.transferredContacts++;
    this.#total.handledContacts++;
    if (trail.passedOnFrom.size > 0) this.#total.transferredContacts++;
  }
}
