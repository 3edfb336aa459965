import type { Configuration, ContactEnqueued, EffectOf, EngineEvent, TransferredToQueue } from '../engine/index.ts';

/** Where a customer is passed on to. */
export type TransferTarget = Omit<TransferredToQueue, 'type' | 'contactId' | 'agentId'>;

/** One conversation of a customer with one agent. */
export interface Leg {
  readonly handlingMs: number;
  /** After-contact work; absent: as long as the queue gives. */
  readonly wrapUpMs?: number;
  /** The agent passes the customer on to a queue at the end. */
  readonly transferTo?: TransferTarget;
}

/** What a customer brings along, decided before routing so that it is the same under every configuration. */
export interface Customer {
  readonly arrivesMs: number;
  readonly enqueue: ContactEnqueued;
  /** Leaves after waiting this long in one go; absent: waits for ever. */
  readonly patienceMs?: number;
  readonly legs: readonly Leg[];
  /** Takes a callback when still waiting after `afterMs`. */
  readonly callback?: { readonly afterMs: number; readonly mode: 'agent-first' | 'customer-first' };
}

/** What an agent does with an offer. `ignore`: it rings until it times out. */
export type Answer = { readonly does: 'accept' | 'decline'; readonly afterMs: number } | { readonly does: 'ignore' };

/** What becomes of dialling a customer back. */
export interface DialResult {
  readonly result: 'answered' | 'no-answer';
  readonly afterMs: number;
}

/** Everything that comes from outside the engine. Times are ms since 1970. */
export interface Plan {
  readonly configuration: Configuration;
  readonly startMs: number;
  /** Nobody arrives from here on, and agent times are counted until here. */
  readonly endMs: number;
  /** What still runs may go on until here. */
  readonly lastMs: number;
  /** Seed of the engine's own draws. */
  readonly seed: number;
  /** In order of arrival. */
  readonly customers: Iterable<Customer>;
  /** Sign-ins, breaks, shift ends and other things that nobody in the plan reacts with, in order of time. */
  readonly outsideEvents: readonly { readonly atMs: number; readonly event: EngineEvent }[];
  /** An agent whom the engine put on break for not answering is back after this time, ms. */
  readonly returnAfterMs: number;
  answer(offer: EffectOf<'offer'>): Answer;
  dial(dial: EffectOf<'callback-dial'>): DialResult;
}
