interface Entry<T> {
  readonly atMs: number;
  readonly order: number;
  readonly what: T;
}

/** What is still to happen, in order of time; at the same time in the order in which it was put in. A binary heap. */
export class Agenda<T> {
  readonly #entries: Entry<T>[] = [];
  #order = 0;

  get nextMs(): number | undefined {
    return this.#entries[0]?.atMs;
  }

  put(atMs: number, what: T): void {
    const entries = this.#entries;
    const entry = { atMs, order: this.#order++, what };
    let place = entries.length;
    entries.push(entry);
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!isBefore(entry, entries[above]!)) break;
      entries[place] = entries[above]!;
      place = above;
    }
    entries[place] = entry;
  }

  take(): T | undefined {
    const entries = this.#entries;
    const first = entries[0];
    const last = entries.pop();
    if (!first || !last || first === last) return first?.what;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= entries.length) break;
      if (below + 1 < entries.length && isBefore(entries[below + 1]!, entries[below]!)) below++;
      if (!isBefore(entries[below]!, last)) break;
      entries[place] = entries[below]!;
      place = below;
    }
    entries[place] = last;
    return first.what;
  }
}

function isBefore<T>(a: Entry<T>, b: Entry<T>): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
