/** A score that nobody reaches: nobody waits. */
export const NOBODY = Number.NEGATIVE_INFINITY;

const FIRST_ROOM = 1_024;

/**
 * How far the first of each line can get, for many lines in two flat arrays: to find the best of a hundred lines, only the few that
 * could win are looked into. What is kept is an upper bound; the exact order is the lines' own affair.
 */
export class LineHeads {
  #base = new Float64Array(FIRST_ROOM).fill(NOBODY);
  #gain = new Float64Array(FIRST_ROOM);
  #free: number[] = [];
  #used = 0;

  /** A place for one more line, which is empty. */
  take(): number {
    const slot = this.#free.pop() ?? this.#used++;
    if (slot >= this.#base.length) {
      this.#base = grown(this.#base, NOBODY);
      this.#gain = grown(this.#gain, 0);
    }
    return slot;
  }

  /** The line is no longer needed. */
  release(slot: number): void {
    this.set(slot, NOBODY, 0);
    this.#free.push(slot);
  }

  /** From now on the first of the line has at most `base + gain × now`, in units of score. */
  set(slot: number, base: number, gain: number): void {
    this.#base[slot] = base;
    this.#gain[slot] = gain;
  }

  /** The most that the first of the line can have at this time; `NOBODY` for an empty line. */
  most(slot: number, nowMs: number): number {
    return this.#base[slot]! + this.#gain[slot]! * nowMs;
  }
}

function grown(array: Float64Array, filler: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2).fill(filler);
  larger.set(array);
  return larger;
}
