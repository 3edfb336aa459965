import type { Agent, ReadySet } from '../model.ts';

interface Entry {
  readonly agent: Agent;
  readonly stamp: number;
  readonly key: number;
  readonly idleFromMs: number;
}

function first(a: Entry, b: Entry): boolean {
  if (a.key !== b.key) return a.key < b.key;
  if (a.idleFromMs !== b.idleFromMs) return a.idleFromMs < b.idleFromMs;
  return a.agent.order < b.agent.order;
}

/** A heap by one reading. Entries whose agent has changed since are void and are dropped when they come up. */
class Ordering {
  readonly day: number;
  readonly keyOf: (agent: Agent) => number;
  #entries: Entry[] = [];

  constructor(day: number, keyOf: (agent: Agent) => number) {
    this.day = day;
    this.keyOf = keyOf;
  }

  get size(): number {
    return this.#entries.length;
  }

  add(agent: Agent): void {
    const entries = this.#entries;
    const entry: Entry = { agent, stamp: agent.stamp, key: this.keyOf(agent), idleFromMs: agent.lastEndMs };
    let slot = entries.length;
    entries.push(entry);
    while (slot > 0) {
      const parentSlot = (slot - 1) >> 1;
      const parent = entries[parentSlot]!;
      if (!first(entry, parent)) break;
      entries[slot] = parent;
      slot = parentSlot;
    }
    entries[slot] = entry;
  }

  peek(ready: ReadonlySet<Agent>): Entry | undefined {
    for (;;) {
      const head = this.#entries[0];
      if (!head) return undefined;
      if (head.stamp === head.agent.stamp && ready.has(head.agent)) return head;
      this.#dropHead();
    }
  }

  #dropHead(): void {
    const entries = this.#entries;
    const moved = entries.pop()!;
    if (entries.length === 0) return;
    let slot = 0;
    for (;;) {
      let child = slot * 2 + 1;
      if (child >= entries.length) break;
      if (child + 1 < entries.length && first(entries[child + 1]!, entries[child]!)) child++;
      if (!first(entries[child]!, moved)) break;
      entries[slot] = entries[child]!;
      slot = child;
    }
    entries[slot] = moved;
  }
}

/** Orders are made when first asked for and kept up to date while somebody is ready. */
export class OrderedReadySet implements ReadySet {
  readonly agents = new Set<Agent>();
  #orderings = new Map<string, Ordering>();

  put(agent: Agent): void {
    this.agents.add(agent);
    if (this.#orderings.size === 0) return;
    for (const [name, ordering] of this.#orderings) {
      if (ordering.size > 32 && ordering.size > this.agents.size * 4) this.#orderings.delete(name);
      else ordering.add(agent);
    }
  }

  remove(agent: Agent): void {
    this.agents.delete(agent);
    if (this.agents.size === 0 && this.#orderings.size > 0) this.#orderings.clear();
  }

  best(name: string, day: number, keyOf: (agent: Agent) => number): { agent: Agent; key: number } | undefined {
    let ordering = this.#orderings.get(name);
    if (!ordering || ordering.day !== day) {
      ordering = new Ordering(day, keyOf);
      for (const agent of this.agents) ordering.add(agent);
      this.#orderings.set(name, ordering);
    }
    return ordering.peek(this.agents);
  }
}
