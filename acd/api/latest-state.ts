import type { Clock, Timer } from '../../config/clock.ts';

/** How often clients that lag are looked at, ms. */
const LOOK_AGAIN_MS = 50;

/** What is needed of a connection. */
export interface StateReader {
  readonly connected: boolean;
  readonly conn: { readonly transport: { readonly writable: boolean } };
}

/**
 * Gives readers whole states without a queue: one whose connection has not taken the last state yet is passed over, and gets the newest
 * as soon as it can. So a slow or dead page holds no more than one state in memory, and everybody ends with the newest.
 */
export class LatestState<R extends StateReader> {
  readonly #clock: Clock;
  readonly #send: (reader: R) => void;
  readonly #late = new Set<R>();
  #timer: Timer | undefined;

  /** `send` gives one reader the newest state. */
  constructor(clock: Clock, send: (reader: R) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** Readers that wait for their connection. */
  get late(): number {
    return this.#late.size;
  }

  to(reader: R): void {
    if (reader.conn.transport.writable) this.#send(reader);
    else this.#isLate(reader);
  }

  /** For one state to many: the caller sends it to those who can take it, we remember the others. */
  passedOver(readers: Iterable<R>): void {
    for (const reader of readers) if (!reader.conn.transport.writable) this.#isLate(reader);
  }

  /** Idempotent. */
  close(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#late.clear();
  }

  #isLate(reader: R): void {
    this.#late.add(reader);
    this.#timer ??= this.#clock.after(LOOK_AGAIN_MS, () => this.#lookAgain());
  }

  #lookAgain(): void {
    this.#timer = undefined;
    for (const reader of [...this.#late]) {
      if (reader.connected && !reader.conn.transport.writable) continue;
      this.#late.delete(reader);
      if (reader.connected) this.#send(reader);
    }
    if (this.#late.size > 0) this.#timer = this.#clock.after(LOOK_AGAIN_MS, () => this.#lookAgain());
  }
}
