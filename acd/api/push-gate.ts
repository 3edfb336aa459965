import type { Clock, Timer } from '../../config/clock.ts';

/**
 * Lets a push pass at once when the last one of its kind is long enough ago, else once at the end of the gap: the newest state always
 * arrives, never more often than the gap says.
 */
export class PushGate {
  readonly #clock: Clock;
  readonly #gates = new Map<string, { lastMs: number; timer: Timer | undefined }>();
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  soon(key: string, gapMs: number, push: () => void): void {
    if (this.#closed) return;
    const now = this.#clock.now();
    const gate = this.#gates.get(key) ?? { lastMs: Number.NEGATIVE_INFINITY, timer: undefined };
    this.#gates.set(key, gate);
    if (gate.timer) return;
    // The first push waits for the end of this turn too, so that several changes of one event go out as one.
    const delayMs = Math.max(0, gate.lastMs + gapMs - now);
    gate.timer = this.#clock.after(delayMs, () => {
      gate.timer = undefined;
      gate.lastMs = this.#clock.now();
      if (this.#gates.size > 20_000) this.#gates.clear();
      push();
    });
  }

  /** Nothing is pushed any more. Idempotent. */
  close(): void {
    this.#closed = true;
    for (const gate of this.#gates.values()) gate.timer?.cancel();
    this.#gates.clear();
  }
}
