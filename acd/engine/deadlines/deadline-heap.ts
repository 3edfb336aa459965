/** One thing that is due at a time. `slot` is its place in the heap, −1 when it is not there. */
export interface Deadline<T> {
  readonly atMs: number;
  /** Settles the order of those due at the same millisecond. */
  readonly order: number;
  readonly what: T;
  slot: number;
}

function sooner<T>(a: Deadline<T>, b: Deadline<T>): boolean {
  return a.atMs !== b.atMs ? a.atMs < b.atMs : a.order < b.order;
}

/** A binary heap whose entries know their place, so that taking one back costs O(log n) and leaves nothing behind. */
export class DeadlineHeap<T> {
  #entries: Deadline<T>[] = [];
  #order = 0;

  get size(): number {
    return this.#entries.length;
  }

  /** The number the next entry gets; kept in snapshots. */
  get order(): number {
    return this.#order;
  }
  set order(value: number) {
    this.#order = value;
  }

  next(): Deadline<T> | undefined {
    return this.#entries[0];
  }

  /** `order` is given only when a snapshot is restored. */
  add(atMs: number, what: T, order = this.#order++): Deadline<T> {
    const entry: Deadline<T> = { atMs, order, what, slot: this.#entries.length };
    this.#entries.push(entry);
    this.#rise(entry);
    return entry;
  }

  remove(entry: Deadline<T>): void {
    const slot = entry.slot;
    if (slot < 0) return;
    entry.slot = -1;
    const last = this.#entries.pop()!;
    if (last === entry) return;
    this.#entries[slot] = last;
    last.slot = slot;
    this.#rise(last);
    this.#sink(last);
  }

  #rise(entry: Deadline<T>): void {
    const entries = this.#entries;
    let slot = entry.slot;
    while (slot > 0) {
      const parentSlot = (slot - 1) >> 1;
      const parent = entries[parentSlot]!;
      if (!sooner(entry, parent)) break;
      entries[slot] = parent;
      parent.slot = slot;
      slot = parentSlot;
    }
    entries[slot] = entry;
    entry.slot = slot;
  }

  #sink(entry: Deadline<T>): void {
    const entries = this.#entries;
    let slot = entry.slot;
    for (;;) {
      let childSlot = slot * 2 + 1;
      if (childSlot >= entries.length) break;
      if (childSlot + 1 < entries.length && sooner(entries[childSlot + 1]!, entries[childSlot]!)) childSlot++;
      const child = entries[childSlot]!;
      if (!sooner(child, entry)) break;
      entries[slot] = child;
      child.slot = slot;
      slot = childSlot;
    }
    entries[slot] = entry;
    entry.slot = slot;
  }
}
