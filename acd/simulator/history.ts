import {
  type ChannelClass,
  CLASS_OF_CHANNEL,
  type ContactEnqueued,
  type Effect,
  type EffectOf,
  type EngineEvent,
} from '../engine/index.ts';
import type { TransferTarget } from './plan.ts';

/** One conversation as it was. `talkMs` is absent while it still ran at the end of the journal. */
export interface RecordedLeg {
  readonly agentId: string;
  readonly talkMs?: number;
  readonly wrapUpMs?: number;
  readonly transferTo?: TransferTarget;
}

/** What a journal tells of one contact. */
export interface RecordedContact {
  readonly arrivesMs: number;
  readonly enqueue: ContactEnqueued;
  /** Left by their own will after this wait: their patience. */
  readonly leftAfterMs?: number;
  /** Waited for so long without leaving: at least their patience. */
  readonly waitedMs: number;
  readonly callback?: { readonly afterMs: number; readonly mode: 'agent-first' | 'customer-first' };
  readonly legs: readonly RecordedLeg[];
}

/** How offers of one channel class were met. */
export interface RecordedAnswers {
  readonly acceptedAfterMs: readonly number[];
  readonly ignored: number;
  readonly declined: number;
}

export interface History {
  readonly contacts: readonly RecordedContact[];
  /** What agents, supervisors and administrators did, in order of time. */
  readonly outsideEvents: readonly { readonly atMs: number; readonly event: EngineEvent }[];
  readonly answers: Readonly<Partial<Record<ChannelClass, RecordedAnswers>>>;
  readonly dials: { readonly answered: number; readonly tried: number };
}

interface Writing {
  readonly arrivesMs: number;
  readonly enqueue: ContactEnqueued;
  leftAfterMs?: number;
  waitedMs: number;
  callback?: { readonly afterMs: number; readonly mode: 'agent-first' | 'customer-first' };
  readonly legs: { -readonly [K in keyof RecordedLeg]: RecordedLeg[K] }[];
  sinceMs: number | undefined;
  /** Talk of a conversation that went on with another agent at once. */
  carriedMs: number;
}

/** Gathers from a replay what came from outside: who came when, how patient they were, how long it took, and what agents did. */
export class Historian {
  readonly #contacts = new Map<string, Writing>();
  readonly #outside: { atMs: number; event: EngineEvent }[] = [];
  readonly #offers = new Map<string, EffectOf<'offer'>>();
  readonly #answers: Partial<Record<ChannelClass, { acceptedAfterMs: number[]; ignored: number; declined: number }>> =
    {};
  readonly #extended = new Set<string>();
  #answered = 0;
  #tried = 0;

  watch(event: EngineEvent, atMs: number, effects: readonly Effect[]): void {
    if (effects.some(({ type }) => type === 'rejected')) return;
    this.#noteEvent(event, atMs);
    for (const effect of effects) this.#noteEffect(effect);
  }

  /** `endMs`: where the journal ends; who still waits then has waited until then. */
  result(endMs: number): History {
    for (const contact of this.#contacts.values()) {
      if (contact.sinceMs !== undefined) contact.waitedMs = Math.max(contact.waitedMs, endMs - contact.sinceMs);
    }
    return {
      contacts: [...this.#contacts.values()].map(({ sinceMs: _, carriedMs: __, ...contact }) => contact),
      outsideEvents: this.#outside,
      answers: this.#answers,
      dials: { answered: this.#answered, tried: this.#tried },
    };
  }

  #noteEvent(event: EngineEvent, atMs: number): void {
    switch (event.type) {
      case 'contact-enqueued':
        this.#contacts.set(event.contactId, {
          arrivesMs: atMs,
          enqueue: event,
          waitedMs: 0,
          legs: [],
          sinceMs: undefined,
          carriedMs: 0,
        });
        return;
      case 'callback-accepted': {
        const contact = this.#contacts.get(event.contactId);
        if (contact?.sinceMs !== undefined) contact.callback = { afterMs: atMs - contact.sinceMs, mode: event.mode };
        return;
      }
      case 'transferred-to-queue': {
        const leg = this.#contacts.get(event.contactId)?.legs.at(-1);
        const { type: _, contactId: __, agentId: ___, ...target } = event;
        if (leg) leg.transferTo = target;
        return;
      }
      case 'callback-attempted':
        this.#tried++;
        if (event.result === 'answered') this.#answered++;
        return;
      case 'agent-lost':
        // Whom they were talking to is another in a new run, and a conversation is not cut there.
        this.#outside.push({ atMs, event: { type: 'agent-signed-out', agentId: event.agentId } });
        return;
      case 'agent-forced':
        this.#outside.push({ atMs, event: { type: 'agent-status-changed', agentId: event.agentId, status: event.to } });
        return;
      case 'agent-signed-in':
      case 'agent-signed-out':
      case 'agent-status-changed':
      case 'agent-changed':
      case 'agent-drained':
        this.#outside.push({ atMs, event });
        return;
      case 'configuration-changed':
        // Until somebody comes, it is what the journal begins with.
        if (this.#contacts.size > 0) this.#outside.push({ atMs, event });
        return;
    }
  }

  #noteEffect(effect: Effect) {
    switch (effect.type) {
      case 'offer':
        this.#offers.set(effect.offerId, effect);
        return;
      case 'offer-ended': {
        const answers = this.#answersTo(effect.offerId);
        if (!answers || effect.end === 'withdrawn') return;
        if (effect.end === 'timed-out' || effect.end === 'no-answer') answers.ignored++;
        else answers.declined++;
        return;
      }
      case 'assign': {
        const offer = this.#offers.get(effect.offerId);
        if (offer) this.#answersTo(effect.offerId)?.acceptedAfterMs.push(effect.atMs - offer.atMs);
        const contact = this.#contacts.get(effect.contactId);
        if (contact) this.#startTalk(contact, effect.agentId);
        return;
      }
      case 'wrap-up-ended': {
        const legs = this.#contacts.get(effect.contactId)?.legs;
        const leg = legs?.findLast(({ agentId, talkMs }) => agentId === effect.agentId && talkMs !== undefined);
        // Who used all the time there was would use what another configuration gives.
        const chosen = this.#extended.delete(`${effect.agentId} ${effect.contactId}`) || effect.why !== 'timed-out';
        if (leg && chosen) leg.wrapUpMs = effect.wrapUpMs;
        return;
      }
      case 'wrap-up-changed':
        this.#extended.add(`${effect.agentId} ${effect.contactId}`);
        return;
      case 'assignment-ended':
        return this.#noteTalk(effect);
      case 'contact-joined': {
        const contact = this.#contacts.get(effect.contactId);
        if (!contact) return;
        if (effect.why === 'transfer') contact.carriedMs = 0;
        contact.sinceMs = effect.why === 'callback' ? undefined : (contact.sinceMs ?? effect.atMs);
        return;
      }
      case 'contact-left':
        return this.#noteLeaving(effect);
    }
  }

  #answersTo(offerId: string) {
    const offer = this.#offers.get(offerId);
    this.#offers.delete(offerId);
    if (!offer) return undefined;
    return (this.#answers[CLASS_OF_CHANNEL[offer.channel]] ??= { acceptedAfterMs: [], ignored: 0, declined: 0 });
  }

  #noteLeaving({ contactId, outcome, atMs, why }: EffectOf<'contact-left'>): void {
    const contact = this.#contacts.get(contactId);
    if (contact?.sinceMs === undefined) return;
    const waitedMs = atMs - contact.sinceMs;
    // An overflow to a further queue, or a move, is one and the same wait for the customer.
    if (outcome === 'overflowed' || why === 'moved') return;
    contact.sinceMs = undefined;
    if (outcome === 'abandoned' || outcome === 'short-abandoned') contact.leftAfterMs = waitedMs;
    else contact.waitedMs = Math.max(contact.waitedMs, waitedMs);
  }

  #noteTalk({ contactId, handledMs, why }: EffectOf<'assignment-ended'>): void {
    const contact = this.#contacts.get(contactId);
    const leg = contact?.legs.at(-1);
    if (!contact || !leg) return;
    leg.talkMs = handledMs + contact.carriedMs;
    contact.carriedMs = why === 'transferred' || why === 'requeued' ? leg.talkMs : 0;
  }

  /** Unless it went through a queue, a conversation that goes on with another agent counts as one. */
  #startTalk(contact: Writing, agentId: string): void {
    if (contact.carriedMs > 0) contact.legs.pop();
    contact.legs.push({ agentId });
  }
}
