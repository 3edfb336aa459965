import { CLASS_OF_CHANNEL, type Configuration } from '../engine/index.ts';
import type { History, RecordedContact, RecordedLeg } from './history.ts';
import type { Answer, Customer, Leg, Plan } from './plan.ts';
import { type RandomStream, randomStream } from './random-stream.ts';
import { drawPatienceMs, type Survival, survivalOf } from './survival.ts';

export interface WhatIf {
  readonly history: History;
  readonly configuration: Configuration;
  /** Configuration changes of the journal belong to the recorded configuration only. */
  readonly withChanges: boolean;
  readonly startMs: number;
  readonly endMs: number;
  readonly drainMs: number;
  readonly seed: number;
}

const RETURN_AFTER_MS = 60_000;

/**
 * The recorded customers and agents once more. Arrivals, conversations that took place and the patience of those who left are as they were; patience
 * of those who were answered is drawn beyond the wait they had (Kaplan–Meier), as is the time when they would have taken a callback, and
 * conversations that never took place come from those that did; each of the same queue and channel where there are any.
 */
export function whatIfPlans({ history, configuration, withChanges, startMs, endMs, drainMs, seed }: WhatIf) {
  const patience = new Groups(history.contacts, (contacts) =>
    survivalOf(
      contacts.map(({ leftAfterMs, waitedMs }) =>
        leftAfterMs === undefined ? { waitMs: waitedMs, left: false } : { waitMs: leftAfterMs, left: true },
      ),
    ),
  );
  const callbacks = new Groups(history.contacts, (contacts) => ({
    survival: survivalOf(
      contacts.map(({ leftAfterMs, waitedMs, callback }) =>
        callback ? { waitMs: callback.afterMs, left: true } : { waitMs: leftAfterMs ?? waitedMs, left: false },
      ),
    ),
    mode: contacts.find(({ callback }) => callback)?.callback?.mode ?? 'agent-first',
  }));
  const talks = new Groups(history.contacts, (contacts) => contacts.flatMap(({ legs }) => legs.filter(isOver)));
  const outsideEvents = history.outsideEvents.filter(
    ({ event }) => withChanges || event.type !== 'configuration-changed',
  );

  return (replication: number): Plan => {
    const stream = (name: string) => randomStream(seed, `${replication} ${name}`);
    const answering = stream('answering');
    const dialling = stream('dialling');
    const { answered, tried } = history.dials;
    return {
      configuration,
      startMs,
      endMs,
      lastMs: endMs + drainMs,
      seed: Math.floor(stream('engine')() * 4_294_967_296),
      customers: customersOf(history.contacts, { patience, callbacks, talks }, stream('traits')),
      outsideEvents,
      returnAfterMs: RETURN_AFTER_MS,
      answer(offer): Answer {
        const known = history.answers[CLASS_OF_CHANNEL[offer.channel]];
        const accepted = known?.acceptedAfterMs ?? [];
        const offers = accepted.length + (known?.ignored ?? 0) + (known?.declined ?? 0);
        const lot = answering() * offers;
        const afterMs = accepted[Math.floor(answering() * accepted.length)] ?? 0;
        if (lot < accepted.length || offers === 0) return { does: 'accept', afterMs };
        return lot < accepted.length + (known?.ignored ?? 0) ? { does: 'ignore' } : { does: 'decline', afterMs };
      },
      dial: ({ expiresMs, atMs }) => ({
        result: tried === 0 || dialling() < answered / tried ? 'answered' : 'no-answer',
        afterMs: Math.min(10_000, expiresMs - atMs - 1),
      }),
    };
  };
}

type Over = RecordedLeg & { readonly talkMs: number };
/** What those who are known tell of the others. */
interface Knowledge {
  readonly patience: Groups<Survival>;
  readonly callbacks: Groups<{ readonly survival: Survival; readonly mode: 'agent-first' | 'customer-first' }>;
  readonly talks: Groups<readonly Over[]>;
}
const isOver = (leg: RecordedLeg): leg is Over => leg.talkMs !== undefined;

function* customersOf(
  contacts: readonly RecordedContact[],
  { patience, callbacks, talks }: Knowledge,
  traits: RandomStream,
): Generator<Customer> {
  for (const contact of contacts) {
    const { arrivesMs, enqueue, leftAfterMs, waitedMs } = contact;
    const known = talks.of(contact, (legs) => legs.length > 0) ?? [];
    const lot = Math.floor(traits() * known.length);
    const drawn: Leg = { handlingMs: known[lot]?.talkMs ?? 0, ...wrapUpOf(known[lot]) };
    const legs = contact.legs.map(
      (leg): Leg => ({
        handlingMs: leg.talkMs ?? drawn.handlingMs,
        ...wrapUpOf(leg),
        ...(leg.transferTo ? { transferTo: leg.transferTo } : {}),
      }),
    );
    if (legs.length === 0 || legs.at(-1)?.transferTo) legs.push(drawn);
    const survival = patience.of(contact, ({ atMs }) => atMs.length > 0);
    const beyondMs = survival && drawPatienceMs(survival, waitedMs, traits);
    const patienceMs = leftAfterMs === undefined ? beyondMs : Math.max(leftAfterMs, waitedMs);
    const takers = callbacks.of(contact, ({ survival: { atMs } }) => atMs.length > 0);
    const takesAfterMs = takers && drawPatienceMs(takers.survival, leftAfterMs ?? waitedMs, traits);
    const callback =
      contact.callback ?? (takesAfterMs === undefined ? undefined : { afterMs: takesAfterMs, mode: takers!.mode });
    yield {
      arrivesMs,
      enqueue,
      legs,
      ...(patienceMs === undefined ? {} : { patienceMs }),
      ...(callback ? { callback } : {}),
    };
  }
}

function wrapUpOf(leg: RecordedLeg | undefined): { wrapUpMs?: number } {
  return leg?.wrapUpMs === undefined ? {} : { wrapUpMs: leg.wrapUpMs };
}

/** Something made of the contacts of each queue and channel, of each channel, and of all. */
class Groups<T> {
  readonly #made = new Map<string, T>();

  constructor(contacts: readonly RecordedContact[], make: (contacts: readonly RecordedContact[]) => T) {
    const lists = new Map<string, RecordedContact[]>();
    for (const contact of contacts) {
      for (const key of keysOf(contact)) {
        const list = lists.get(key);
        if (list) list.push(contact);
        else lists.set(key, [contact]);
      }
    }
    for (const [key, list] of lists) this.#made.set(key, make(list));
  }

  /** The narrowest that says something. */
  of(contact: RecordedContact, says: (made: T) => boolean): T | undefined {
    for (const key of keysOf(contact)) {
      const made = this.#made.get(key);
      if (made !== undefined && says(made)) return made;
    }
    return undefined;
  }
}

function keysOf({ enqueue }: RecordedContact): string[] {
  return [`${enqueue.channel} ${enqueue.queueId}`, enqueue.channel, ''];
}
