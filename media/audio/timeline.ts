/** Samples kept, a power of two: about one second at 8 kHz. */
const RING = 8192;
const RING_MASK = RING - 1;
/** A source that says it is this much later than it arrives has a clock or a pause of its own: the axis is laid anew. */
const LATE_SAMPLES = 800;
const EARLY_SAMPLES = 320;
/** Packets over which the least delay is looked for, to follow a source whose clock runs at another pace. */
const DRIFT_WINDOW = 50;
const DRIFT_SAMPLES = 80;

/**
 * What one party says, laid on the wall clock: position = milliseconds of the host's clock × 8. RTP timestamps keep packets in order and
 * evenly spaced; arrival times tie them to the clock, following drift by its least delay. What never came is silence.
 * Several readers may read the same stretch, none alters it.
 */
export class Timeline {
  readonly #ring = new Int16Array(RING);
  /** First position that was never written. */
  #end = 0;
  #anchored = false;
  #anchorPosition = 0;
  #anchorTimestamp = 0;
  #windowCount = 0;
  #windowLeast = 0;

  /** Forgets how timestamps relate to the clock (new source). */
  restart(): void {
    this.#anchored = false;
  }

  /**
   * Lays a packet down.
   * @param timestamp RTP timestamp, 8 kHz
   * @param arrival position of now
   */
  write(codes: Uint8Array, toLinear: Int16Array, timestamp: number, arrival: number): void {
    const start = arrival - codes.length;
    let position = this.#anchorPosition + ((timestamp - this.#anchorTimestamp) | 0);
    const lateness = start - position;
    if (!this.#anchored || lateness > LATE_SAMPLES || lateness < -EARLY_SAMPLES) {
      this.#anchor(start, timestamp);
      position = start;
    } else if (this.#windowCount === 0 || lateness < this.#windowLeast) {
      this.#windowLeast = lateness;
    }
    this.#windowCount += 1;
    if (this.#windowCount >= DRIFT_WINDOW) {
      if (Math.abs(this.#windowLeast) > DRIFT_SAMPLES) this.#anchor(position + this.#windowLeast, timestamp);
      this.#windowCount = 0;
    }
    this.#put(codes, toLinear, position);
  }

  #anchor(position: number, timestamp: number): void {
    this.#anchored = true;
    this.#anchorPosition = position;
    this.#anchorTimestamp = timestamp;
    this.#windowCount = 0;
    this.#windowLeast = 0;
  }

  #put(codes: Uint8Array, toLinear: Int16Array, position: number): void {
    const ring = this.#ring;
    const count = Math.min(codes.length, RING);
    if (position + count <= this.#end - RING) return;
    for (let gap = Math.max(this.#end, position - RING); gap < position; gap += 1) ring[gap & RING_MASK] = 0;
    for (let i = 0; i < count; i += 1) ring[(position + i) & RING_MASK] = toLinear[codes[i]!]!;
    if (position + count > this.#end) this.#end = position + count;
  }

  /** Copies `target.length` samples from `position`; what is not (or no longer) known is silence. */
  read(position: number, target: Int16Array): void {
    const ring = this.#ring;
    const oldest = this.#end - RING;
    for (let i = 0; i < target.length; i += 1) {
      const at = position + i;
      target[i] = at >= this.#end || at < oldest ? 0 : ring[at & RING_MASK]!;
    }
  }
}
