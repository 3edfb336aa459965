/** What a waiting contact's place depends on. Higher `key` first, then the earlier `firstEnqueuedMs`, then the lower `order`. */
export interface Placed {
  readonly key: number;
  readonly firstEnqueuedMs: number;
  readonly order: number;
}

const BLOCK_MOST = 256;

/** Which of two with the same key stands first. */
function earlier(a: Placed, b: Placed): boolean {
  return a.firstEnqueuedMs !== b.firstEnqueuedMs ? a.firstEnqueuedMs < b.firstEnqueuedMs : a.order < b.order;
}

/**
 * A sorted list in blocks of at most 256, so that adding, removing and ranking stay cheap at 100,000 items: a binary search and
 * one short move. Chosen over a heap because a place in the queue must be answered for anyone at any time. The keys are kept
 * beside the items, in the same blocks, so that a search runs over numbers that lie together and not over items all over the memory.
 */
export class SortedBlocks<T extends Placed> {
  #items: T[][] = [];
  #keys: number[][] = [];
  /** The last key of each block. */
  #ends: number[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  first(): T | undefined {
    return this.#items[0]?.[0];
  }

  add(item: T): void {
    this.#size++;
    if (this.#items.length === 0) {
      this.#items = [[item]];
      this.#keys = [[item.key]];
      this.#ends = [item.key];
      return;
    }
    const at = Math.min(this.#blockOf(item), this.#items.length - 1);
    const items = this.#items[at]!;
    const keys = this.#keys[at]!;
    const index = lowerBound(keys, items, item);
    items.splice(index, 0, item);
    keys.splice(index, 0, item.key);
    if (items.length > BLOCK_MOST) {
      const half = BLOCK_MOST >> 1;
      this.#items.splice(at + 1, 0, items.splice(half));
      this.#keys.splice(at + 1, 0, keys.splice(half));
      this.#ends.splice(at + 1, 0, 0);
      this.#noteEnd(at + 1);
    }
    this.#noteEnd(at);
  }

  /** False when it is not here. The item must not have changed its place since it was added. */
  remove(item: T): boolean {
    const at = this.#blockOf(item);
    const items = this.#items[at];
    if (!items) return false;
    const keys = this.#keys[at]!;
    const index = lowerBound(keys, items, item);
    if (items[index] !== item) return false;
    this.#size--;
    if (items.length === 1) {
      this.#items.splice(at, 1);
      this.#keys.splice(at, 1);
      this.#ends.splice(at, 1);
      return true;
    }
    items.splice(index, 1);
    keys.splice(index, 1);
    this.#noteEnd(at);
    return true;
  }

  /** How many stand before `item`, which need not be here itself. */
  countBefore(item: T): number {
    const at = this.#blockOf(item);
    let count = 0;
    for (let block = 0; block < at; block++) count += this.#keys[block]!.length;
    return at < this.#items.length ? count + lowerBound(this.#keys[at]!, this.#items[at]!, item) : count;
  }

  /** How many items from the front hold `comesFirst`, which must be true up to some place and false after it. */
  countWhile(comesFirst: (item: T) => boolean): number {
    let count = 0;
    for (const items of this.#items) {
      if (comesFirst(items[items.length - 1]!)) {
        count += items.length;
        continue;
      }
      let low = 0;
      let high = items.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (comesFirst(items[middle]!)) low = middle + 1;
        else high = middle;
      }
      return count + low;
    }
    return count;
  }

  *[Symbol.iterator](): Generator<T> {
    for (const items of this.#items) yield* items;
  }

  #noteEnd(at: number): void {
    const keys = this.#keys[at]!;
    this.#ends[at] = keys[keys.length - 1]!;
  }

  /** The first block whose last item does not come before `item`. */
  #blockOf(item: T): number {
    const ends = this.#ends;
    const key = item.key;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const end = ends[middle]!;
      if (end !== key ? end > key : earlier(this.#items[middle]!.at(-1)!, item)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function lowerBound<T extends Placed>(keys: readonly number[], items: readonly T[], item: T): number {
  const key = item.key;
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = keys[middle]!;
    if (other !== key ? other > key : earlier(items[middle]!, item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
