import {
  createEngine,
  DEFAULT_WRAP_UP_MOST_MS,
  type Effect,
  type EffectOf,
  type Engine,
  type EngineEvent,
} from '../engine/index.ts';
import { Agenda } from './agenda.ts';
import type { Customer, Leg, Plan } from './plan.ts';

/** Told of everything that goes into and comes out of the engine, in order. */
export type Watcher = (event: EngineEvent, atMs: number, effects: readonly Effect[]) => void;

type Task =
  | { readonly do: 'arrive'; readonly customer: Customer }
  | { readonly do: 'agent'; readonly event: EngineEvent }
  | { readonly do: 'answer'; readonly offerId: string; readonly event: EngineEvent }
  | { readonly do: 'lose-patience' | 'take-callback'; readonly person: Person; readonly stay: number }
  | { readonly do: 'end'; readonly person: Person; readonly stay: number; readonly agentId: string }
  | { readonly do: 'dialled'; readonly attempt: number; readonly event: EngineEvent & { readonly contactId: string } }
  | { readonly do: 'wrap-up'; readonly key: string; readonly event: EngineEvent }
  | { readonly do: 'return'; readonly agentId: string };

/** A customer who is there. `stay` counts queues and conversations, so that what was planned for an earlier one is void. */
interface Person {
  readonly customer: Customer;
  stay: number;
  leg: number;
}

export interface Played {
  readonly engine: Engine;
  readonly events: number;
  /** Rejected events by `event: reason`; empty unless a scenario contradicts itself. */
  readonly rejected: Readonly<Record<string, number>>;
}

/**
 * Runs a plan through the engine in virtual time. It only feeds events and reacts to effects the way a switch, customers and agents would;
 * who gets what is the engine's decision alone. Returns the configuration's problems when it cannot be used.
 */
export function play(plan: Plan, watch: Watcher): Played | { readonly problems: readonly string[] } {
  const made = createEngine(plan.configuration, { seed: plan.seed });
  return made.ok ? new Stage(plan, made.engine, watch).run() : { problems: made.problems };
}

class Stage {
  readonly #plan: Plan;
  readonly #engine: Engine;
  readonly #watch: Watcher;
  readonly #agenda = new Agenda<Task>();
  readonly #people = new Map<string, Person>();
  readonly #offers = new Set<string>();
  readonly #wrapUps = new Set<string>();
  readonly #dialled = new Map<string, number>();
  readonly #agents = new Map<string, EffectOf<'agent-state'>>();
  readonly #arrivals: Iterator<Customer>;
  readonly #rejected: Record<string, number> = {};
  #events = 0;
  #nowMs: number;

  constructor(plan: Plan, engine: Engine, watch: Watcher) {
    this.#plan = plan;
    this.#engine = engine;
    this.#watch = watch;
    this.#nowMs = plan.startMs;
    this.#arrivals = plan.customers[Symbol.iterator]();
  }

  run(): Played {
    for (const { atMs, event } of this.#plan.outsideEvents) this.#agenda.put(atMs, { do: 'agent', event });
    this.#awaitArrival();
    for (;;) {
      const dueMs = this.#engine.nextDeadline();
      const nextMs = this.#agenda.nextMs;
      const atMs = Math.min(dueMs ?? Number.POSITIVE_INFINITY, nextMs ?? Number.POSITIVE_INFINITY);
      if (atMs > this.#plan.lastMs) break;
      this.#nowMs = Math.max(this.#nowMs, atMs);
      if (dueMs === atMs) this.#feed({ type: 'tick' });
      else this.#carryOut(this.#agenda.take()!);
    }
    return { engine: this.#engine, events: this.#events, rejected: this.#rejected };
  }

  #feed(event: EngineEvent): void {
    const effects = this.#engine.apply(event, this.#nowMs);
    this.#events++;
    this.#watch(event, this.#nowMs, effects);
    for (const effect of effects) this.#react(effect);
  }

  #awaitArrival(): void {
    const next = this.#arrivals.next();
    if (!next.done) this.#agenda.put(next.value.arrivesMs, { do: 'arrive', customer: next.value });
  }

  #carryOut(task: Task) {
    switch (task.do) {
      case 'arrive': {
        this.#people.set(task.customer.enqueue.contactId, { customer: task.customer, stay: 0, leg: 0 });
        this.#awaitArrival();
        return this.#feed(task.customer.enqueue);
      }
      case 'agent':
        return this.#feed(this.#fitting(task.event));
      case 'answer':
        return this.#offers.delete(task.offerId) ? this.#feed(task.event) : undefined;
      case 'lose-patience':
        if (!this.#isStill(task)) return;
        return this.#feed({ type: 'contact-abandoned', contactId: task.person.customer.enqueue.contactId });
      case 'take-callback': {
        if (!this.#isStill(task)) return;
        const { enqueue, callback } = task.person.customer;
        return this.#feed({
          type: 'callback-accepted',
          contactId: enqueue.contactId,
          number: enqueue.customer ?? enqueue.contactId,
          mode: callback!.mode,
        });
      }
      case 'end':
        return this.#isStill(task) ? this.#endLeg(task.person, task.agentId) : undefined;
      case 'dialled':
        return this.#dialled.get(task.event.contactId) === task.attempt ? this.#feed(task.event) : undefined;
      case 'wrap-up':
        return this.#wrapUps.has(task.key) ? this.#feed(task.event) : undefined;
      case 'return': {
        const agent = this.#agents.get(task.agentId);
        if (!agent?.signedIn || agent.reason !== 'no-answer') return;
        return this.#feed({ type: 'agent-status-changed', agentId: task.agentId, status: 'available' });
      }
    }
  }

  #isStill(task: { readonly person: Person; readonly stay: number }): boolean {
    const { person, stay } = task;
    return person.stay === stay && this.#people.get(person.customer.enqueue.contactId) === person;
  }

  /** Somebody who still finishes the last contact of a shift when the next one begins stays in. */
  #fitting(event: EngineEvent): EngineEvent {
    if (event.type !== 'agent-signed-in' || !this.#agents.get(event.agentId)?.signedIn) return event;
    return { type: 'agent-drained', agentId: event.agentId, on: false };
  }

  #endLeg(person: Person, agentId: string) {
    const contactId = person.customer.enqueue.contactId;
    const { transferTo } = this.#legOf(person);
    const passedOn = transferTo !== undefined && person.leg + 1 < person.customer.legs.length;
    if (!passedOn) return this.#feed({ type: 'assignment-ended', contactId, agentId });
    this.#feed({ type: 'transferred-to-queue', contactId, agentId, ...transferTo });
    person.leg++;
  }

  #legOf(person: Person): Leg {
    return person.customer.legs[person.leg] ?? person.customer.legs.at(-1)!;
  }

  #react(effect: Effect) {
    switch (effect.type) {
      case 'offer':
        return this.#beOffered(effect);
      case 'offer-ended':
        this.#offers.delete(effect.offerId);
        return;
      case 'assign': {
        this.#offers.delete(effect.offerId);
        const person = this.#people.get(effect.contactId);
        if (!person) return;
        const stay = ++person.stay;
        const endMs = this.#nowMs + this.#legOf(person).handlingMs;
        this.#agenda.put(endMs, { do: 'end', person, stay, agentId: effect.agentId });
        return;
      }
      case 'contact-joined':
        return this.#startWaiting(effect);
      case 'contact-ended':
        this.#people.delete(effect.contactId);
        this.#dialled.delete(effect.contactId);
        return;
      case 'wrap-up-started':
        return this.#startWrapUp(effect);
      case 'wrap-up-ended':
        this.#wrapUps.delete(`${effect.agentId} ${effect.contactId}`);
        return;
      case 'callback-dial': {
        const { result, afterMs } = this.#plan.dial(effect);
        this.#dialled.set(effect.contactId, effect.attempt);
        const event = { type: 'callback-attempted', contactId: effect.contactId, result } as const;
        this.#agenda.put(this.#nowMs + afterMs, { do: 'dialled', attempt: effect.attempt, event });
        return;
      }
      case 'agent-state':
        return this.#noteAgent(effect);
      case 'rejected': {
        const key = `${effect.event}: ${effect.reason}`;
        this.#rejected[key] = (this.#rejected[key] ?? 0) + 1;
        return;
      }
    }
  }

  #beOffered(effect: EffectOf<'offer'>): void {
    const { offerId } = effect;
    const answer = this.#plan.answer(effect);
    this.#offers.add(offerId);
    if (answer.does === 'ignore') return;
    const event: EngineEvent = { type: answer.does === 'accept' ? 'offer-accepted' : 'offer-declined', offerId };
    this.#agenda.put(this.#nowMs + answer.afterMs, { do: 'answer', offerId, event });
  }

  /** Patience goes on through an overflow or a move, and begins anew when a conversation lies between. */
  #startWaiting(effect: EffectOf<'contact-joined'>): void {
    const person = this.#people.get(effect.contactId);
    if (!person || effect.why === 'overflow' || effect.why === 'moved') return;
    const stay = ++person.stay;
    if (effect.why === 'callback') return;
    const { patienceMs, callback } = person.customer;
    if (patienceMs !== undefined) this.#agenda.put(this.#nowMs + patienceMs, { do: 'lose-patience', person, stay });
    if (callback) this.#agenda.put(this.#nowMs + callback.afterMs, { do: 'take-callback', person, stay });
  }

  #startWrapUp(effect: EffectOf<'wrap-up-started'>): void {
    const { contactId, agentId, endsMs } = effect;
    const person = this.#people.get(contactId);
    const wrapUpMs = person && this.#legOf(person).wrapUpMs;
    if (wrapUpMs === undefined) return;
    const key = `${agentId} ${contactId}`;
    const most = this.#wrapUpMostMs(effect.queueId, endsMs - this.#nowMs);
    const missingMs = this.#nowMs + Math.min(wrapUpMs, most) - endsMs;
    if (missingMs === 0) return;
    this.#wrapUps.add(key);
    if (missingMs > 0) {
      const event = { type: 'wrap-up-extended', contactId, agentId, byMs: missingMs } as const;
      this.#agenda.put(this.#nowMs, { do: 'wrap-up', key, event });
    } else {
      const event = { type: 'wrap-up-ended', contactId, agentId } as const;
      this.#agenda.put(this.#nowMs + wrapUpMs, { do: 'wrap-up', key, event });
    }
  }

  /** The longest that wrap-up with its extensions may last in a queue that gives `givenMs`. */
  #wrapUpMostMs(queueId: string, givenMs: number): number {
    const queue = this.#plan.configuration.queues.find(({ id }) => id === queueId);
    return Math.max(queue?.wrapUpMostMs ?? DEFAULT_WRAP_UP_MOST_MS, givenMs);
  }

  #noteAgent(effect: EffectOf<'agent-state'>): void {
    const before = this.#agents.get(effect.agentId);
    this.#agents.set(effect.agentId, effect);
    if (effect.reason === 'no-answer' && before?.reason !== 'no-answer') {
      this.#agenda.put(this.#nowMs + this.#plan.returnAfterMs, { do: 'return', agentId: effect.agentId });
    }
  }
}
