import { type LineHeads, NOBODY } from './line-heads.ts';
import { goesBefore, type Scored } from './score.ts';
import { type Placed, SortedBlocks } from './sorted-blocks.ts';

interface Lane<T extends Placed> {
  readonly gain: number;
  readonly cap: number;
  readonly base: number;
  readonly items: SortedBlocks<T>;
}

/**
 * Waiting contacts in score order at any moment. Contacts that age alike share a lane, whose order never changes: without a cap, all of
 * one acceleration; with a cap, all of one base, acceleration and cap. Only the lanes' heads are compared when somebody is wanted.
 */
export class WaitingLine<T extends Scored & Placed> {
  #lanes: Lane<T>[] = [];
  #size = 0;
  /** The first of a line that has one lane only: the usual case, asked for far more often than it changes. */
  #only: T | undefined;
  readonly #heads: LineHeads | undefined;
  /** Its place in `heads`, −1 without. */
  readonly slot: number;

  /** `heads` is told whenever the first of the line changes. */
  constructor(heads?: LineHeads) {
    this.#heads = heads;
    this.slot = heads ? heads.take() : -1;
  }

  get size(): number {
    return this.#size;
  }

  add(contact: T): void {
    const base = contact.cap < 0 ? 0 : contact.base;
    let lane = this.#laneOf(contact);
    if (!lane) {
      lane = { gain: contact.gain, cap: contact.cap, base, items: new SortedBlocks<T>() };
      if (this.#lanes.length === 0) this.#lanes = [lane];
      else this.#lanes.push(lane);
    }
    lane.items.add(contact);
    this.#size++;
    this.#noteFirst();
  }

  remove(contact: T): boolean {
    const lane = this.#laneOf(contact);
    if (!lane?.items.remove(contact)) return false;
    this.#size--;
    if (lane.items.size === 0 && this.#lanes.length > 1) this.#lanes.splice(this.#lanes.indexOf(lane), 1);
    this.#noteFirst();
    return true;
  }

  best(nowMs: number): T | undefined {
    if (this.#lanes.length <= 1) return this.#only;
    let best: T | undefined;
    for (const lane of this.#lanes) {
      const head = lane.items.first();
      if (head && (best === undefined || goesBefore(head, best, nowMs))) best = head;
    }
    return best;
  }

  /** How many stand before `contact` now. It need not be in the line itself. */
  countBefore(contact: T, nowMs: number): number {
    const own = this.#laneOf(contact);
    let count = 0;
    for (const lane of this.#lanes) {
      count +=
        lane === own
          ? lane.items.countBefore(contact)
          : lane.items.countWhile((other) => goesBefore(other, contact, nowMs));
    }
    return count;
  }

  /** The first `most` in order. */
  head(most: number, nowMs: number): T[] {
    const heads = this.#lanes.map((lane) => {
      const items = lane.items[Symbol.iterator]();
      return { items, next: items.next() };
    });
    const found: T[] = [];
    while (found.length < most) {
      let best: (typeof heads)[number] | undefined;
      for (const head of heads) {
        if (head.next.done) continue;
        if (!best || best.next.done || goesBefore(head.next.value, best.next.value, nowMs)) best = head;
      }
      if (!best || best.next.done) break;
      found.push(best.next.value);
      best.next = best.items.next();
    }
    return found;
  }

  /** Everybody, in order. */
  all(nowMs: number): T[] {
    return this.head(this.#size, nowMs);
  }

  #noteFirst(): void {
    const only = this.#lanes.length === 1 ? this.#lanes[0]!.items.first() : undefined;
    if (only && only === this.#only) return;
    this.#only = only;
    if (!this.#heads) return;
    if (only) this.#heads.set(this.slot, only.base - only.gain * only.firstEnqueuedMs, only.gain);
    else this.#heads.set(this.slot, this.#size === 0 ? NOBODY : Number.POSITIVE_INFINITY, 0);
  }

  #laneOf(contact: T): Lane<T> | undefined {
    for (const lane of this.#lanes) {
      if (lane.gain === contact.gain && lane.cap === contact.cap && (contact.cap < 0 || lane.base === contact.base))
        return lane;
    }
    return undefined;
  }
}
