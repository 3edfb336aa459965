/** A jump of the sequence number that means another source (RFC 3550 A.1, MAX_DROPOUT). */
const MAX_DROPOUT = 3000;

/** What arrived of one party's RTP (RFC 3550 A.1, A.3, A.8), over all its sources. */
export class Reception {
  received = 0;
  discarded = 0;
  /** Milliseconds on the caller's clock; undefined before the first packet. */
  lastAtMs: number | undefined;
  ssrc = 0;
  #started = false;
  #base = 0;
  #highest = 0;
  #cycles = 0;
  #receivedOfSource = 0;
  #lostBefore = 0;
  #transit = 0;
  #jitter = 0;
  #priorExpected = 0;
  #priorReceived = 0;

  /** @param atMs arrival, monotonic ms with fractions */
  count(ssrc: number, sequence: number, timestamp: number, atMs: number): void {
    this.received += 1;
    this.lastAtMs = atMs;
    const step = (sequence - this.#highest) & 0xffff;
    const jumped = step >= MAX_DROPOUT && step <= 0xffff - MAX_DROPOUT;
    if (!this.#started || ssrc !== this.ssrc || jumped) this.#begin(ssrc, sequence);
    else if (step < MAX_DROPOUT) {
      if (sequence < this.#highest) this.#cycles += 65_536;
      this.#highest = sequence;
    }
    this.#receivedOfSource += 1;
    // Timestamps are 32 bits and wrap, so the transit time is compared as a 32-bit difference.
    const transit = (Math.round(atMs * 8) - timestamp) | 0;
    if (this.#receivedOfSource > 1) {
      const difference = Math.abs((transit - this.#transit) | 0);
      // Above 2 s it is a pause of the source's clock, not jitter.
      if (difference < 16_000) this.#jitter += (difference - this.#jitter) / 16;
    }
    this.#transit = transit;
  }

  #begin(ssrc: number, sequence: number): void {
    this.#lostBefore = this.lost;
    this.#started = true;
    this.ssrc = ssrc;
    this.#base = sequence;
    this.#highest = sequence;
    this.#cycles = 0;
    this.#receivedOfSource = 0;
    this.#priorExpected = 0;
    this.#priorReceived = 0;
  }

  get #expected(): number {
    return this.#started ? this.#cycles + this.#highest - this.#base + 1 : 0;
  }

  get lost(): number {
    return this.#lostBefore + Math.max(0, this.#expected - this.#receivedOfSource);
  }

  get jitterMs(): number {
    return this.#jitter / 8;
  }

  /** Extended highest sequence number and jitter in timestamp units, for a receiver report; the fraction counts since the last call. */
  report(): { fractionLost: number; lost: number; highest: number; jitter: number } {
    const expected = this.#expected - this.#priorExpected;
    const missing = expected - (this.#receivedOfSource - this.#priorReceived);
    this.#priorExpected = this.#expected;
    this.#priorReceived = this.#receivedOfSource;
    const fractionLost = expected > 0 && missing > 0 ? Math.min(255, Math.floor((missing * 256) / expected)) : 0;
    return {
      fractionLost,
      lost: Math.min(0x7fffff, Math.max(0, this.#expected - this.#receivedOfSource)),
      highest: (this.#cycles + this.#highest) >>> 0,
      jitter: Math.round(this.#jitter),
    };
  }
}
