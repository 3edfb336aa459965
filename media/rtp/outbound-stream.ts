import { randomInt } from 'node:crypto';

/** A jump in a relayed source's sequence numbers that means that it started anew. */
const MAX_STEP = 1000;
const FRAME = 160;

/**
 * Sequence numbers and timestamps of what one leg sends: one unbroken stream, whatever it is made of. Own frames are counted on;
 * relayed packets keep the distances they came with, so that loss and order stay visible to the receiver.
 */
export class OutboundStream {
  readonly ssrc = randomInt(1, 0xffff_ffff);
  packets = 0;
  octets = 0;
  /** Of the packet that was prepared last. */
  sequence = randomInt(0, 0x8000);
  timestamp: number;
  marker = false;
  readonly #offset: number;
  #highestSequence = this.sequence;
  #highestTimestamp: number;
  #own = false;
  #relaying = false;
  #sourceSsrc = 0;
  #sequenceShift = 0;
  #timestampShift = 0;
  #lastSourceSequence = 0;

  /** @param position the sample axis now; timestamps follow it over pauses */
  constructor(position: number) {
    this.#offset = (randomInt(0, 0x4000_0000) - position) | 0;
    this.timestamp = (position + this.#offset) >>> 0;
    this.#highestTimestamp = this.timestamp;
  }

  /** The next frame of 20 ms that this side makes itself. */
  own(position: number): void {
    this.marker = !this.#own;
    this.timestamp = this.#own ? (this.#highestTimestamp + FRAME) >>> 0 : this.#freshTimestamp(position);
    // After a pause of the feed the axis has moved on.
    const behind = (position + this.#offset - this.timestamp) | 0;
    if (behind > 4 * FRAME) {
      this.timestamp = (position + this.#offset) >>> 0;
      this.marker = true;
    }
    this.#own = true;
    this.#relaying = false;
    this.#advance((this.#highestSequence + 1) & 0xffff);
  }

  /** A packet that is passed on. */
  relay(ssrc: number, sequence: number, timestamp: number, marker: boolean, position: number): void {
    const step = (sequence - this.#lastSourceSequence) & 0xffff;
    const jumped = step > MAX_STEP && step < 0x1_0000 - MAX_STEP;
    this.marker = marker;
    if (!this.#relaying || ssrc !== this.#sourceSsrc || jumped) {
      this.#relaying = true;
      this.#own = false;
      this.#sourceSsrc = ssrc;
      this.#sequenceShift = (this.#highestSequence + 1 - sequence) & 0xffff;
      this.#timestampShift = (this.#freshTimestamp(position) - timestamp) | 0;
      this.marker = true;
    }
    this.#lastSourceSequence = sequence;
    this.timestamp = (timestamp + this.#timestampShift) >>> 0;
    this.#advance((sequence + this.#sequenceShift) & 0xffff);
  }

  /** A packet of an event: own sequence, the timestamp of the press. The audio after it starts afresh. */
  event(timestamp: number, first: boolean): void {
    this.timestamp = timestamp;
    this.marker = first;
    this.#own = false;
    this.#relaying = false;
    this.#advance((this.#highestSequence + 1) & 0xffff);
  }

  /** A timestamp for something that begins now. */
  freshTimestamp(position: number): number {
    return this.#freshTimestamp(position);
  }

  /** The next own frame or relayed packet begins a stretch of its own. */
  breakOff(): void {
    this.#own = false;
    this.#relaying = false;
  }

  #freshTimestamp(position: number): number {
    const wanted = (position + this.#offset) >>> 0;
    const least = (this.#highestTimestamp + FRAME) >>> 0;
    return ((wanted - least) | 0) > 0 ? wanted : least;
  }

  #advance(sequence: number): void {
    this.sequence = sequence;
    if (((sequence - this.#highestSequence) & 0xffff) < 0x8000) this.#highestSequence = sequence;
    if (((this.timestamp - this.#highestTimestamp) | 0) > 0) this.#highestTimestamp = this.timestamp;
  }
}
