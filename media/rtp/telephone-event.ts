/**
 * RFC 4733, 2.3: keypad digits as events. The timestamp is that of the press and stays; the duration grows, in 8 kHz units.
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |     event     |E|R| volume    |          duration             |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
export const EVENT_DIGITS = '0123456789*#ABCD';
export const EVENT_BYTES = 4;
const VOLUME = 10;
/** A press longer than 65,535 units goes on in a new segment, whose timestamp is that much later (RFC 4733, 2.5.1.3). */
const FULL_SEGMENT = 0xf000;
/** Packets of a press come 10 to 60 ms apart. */
const SAME_PRESS_UNITS = 800;

export function writeEvent(target: Uint8Array, at: number, event: number, end: boolean, durationUnits: number): void {
  target[at] = event;
  target[at + 1] = (end ? 0x80 : 0) | VOLUME;
  target[at + 2] = durationUnits >>> 8;
  target[at + 3] = durationUnits;
}

/** Makes one report of each press out of its many packets, whatever is lost, repeated or late. */
export class EventReceiver {
  readonly #onDigit: (digit: string, durationMs: number) => void;
  #known = false;
  #timestamp = 0;
  #event = 0;
  #duration = 0;
  #ended = false;

  constructor(onDigit: (digit: string, durationMs: number) => void) {
    this.#onDigit = onDigit;
  }

  /** Payloads that are too short, and events that are no digits, are passed over. */
  push(payload: Uint8Array, start: number, end: number, timestamp: number): void {
    if (end - start < EVENT_BYTES) return;
    const event = payload[start]!;
    if (event >= EVENT_DIGITS.length) return;
    const ended = (payload[start + 1]! & 0x80) !== 0;
    const duration = (payload[start + 2]! << 8) | payload[start + 3]!;
    if (this.#known) {
      const later = (timestamp - this.#timestamp) | 0;
      if (later < 0) return;
      if (later === 0 || this.#continues(event, later, duration)) {
        this.#timestamp = timestamp;
        this.#duration = duration;
        this.#ended ||= ended;
        return;
      }
    }
    this.#known = true;
    this.#timestamp = timestamp;
    this.#event = event;
    this.#duration = duration;
    this.#ended = ended;
    this.#onDigit(EVENT_DIGITS[event]!, Math.round(duration / 8));
  }

  /** A new source: its timestamps cannot be compared with those before. */
  restart(): void {
    this.#known = false;
  }

  #continues(event: number, later: number, duration: number): boolean {
    if (this.#ended || event !== this.#event) return false;
    const nextSegment = this.#duration >= FULL_SEGMENT && Math.abs(later - this.#duration) <= SAME_PRESS_UNITS;
    // Some phones let the timestamp run on during a press; the duration tells that it is the same one.
    const runningTimestamp = later <= SAME_PRESS_UNITS && duration > this.#duration;
    return nextSegment || runningTimestamp;
  }
}

/** One packet to send: the event's payload, and where it stands in the press. */
export interface EventPacket {
  readonly event: number;
  readonly first: boolean;
  readonly end: boolean;
  readonly durationUnits: number;
}

const FRAME_UNITS = 160;
/** RFC 4733, 2.5.1.4: the last packet is sent three times. */
const END_REPEATS = 3;
const GAP_FRAMES = 3;

/** What is to be sent in each 20 ms frame for a row of digits; `undefined` in the gaps between them. */
export function* eventFrames(digits: string, durationMs: number): Generator<EventPacket | undefined, void> {
  const frames = Math.max(2, Math.round(durationMs / 20));
  for (const digit of digits.toUpperCase()) {
    const event = EVENT_DIGITS.indexOf(digit);
    if (event < 0) continue;
    for (let frame = 1; frame <= frames; frame += 1) {
      yield { event, first: frame === 1, end: false, durationUnits: frame * FRAME_UNITS };
    }
    for (let repeat = 0; repeat < END_REPEATS; repeat += 1) {
      yield { event, first: false, end: true, durationUnits: frames * FRAME_UNITS };
    }
    for (let gap = 0; gap < GAP_FRAMES; gap += 1) yield undefined;
  }
}
