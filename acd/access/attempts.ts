import type { Clock } from '../../config/clock.ts';

/**
 * Counts wrong passwords per key (a user name, an address) and says when it is enough: `most` within `windowMs`.
 * Holds at most `keys` keys; the oldest goes when a new one comes, so a flood of names cannot fill the memory.
 */
export class FailedAttempts {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #windowMs: number;
  readonly #keys: number;
  readonly #failures = new Map<string, { count: number; sinceMs: number }>();

  constructor(clock: Clock, limits: { most: number; windowMs: number; keys?: number }) {
    this.#clock = clock;
    this.#most = limits.most;
    this.#windowMs = limits.windowMs;
    this.#keys = limits.keys ?? 10_000;
  }

  /** True while the key has used up its tries. */
  blocked(key: string): boolean {
    const entry = this.#failures.get(key);
    if (!entry) return false;
    if (this.#clock.now() - entry.sinceMs >= this.#windowMs) {
      this.#failures.delete(key);
      return false;
    }
    return entry.count >= this.#most;
  }

  fail(key: string): void {
    const entry = this.#failures.get(key);
    if (entry && this.#clock.now() - entry.sinceMs < this.#windowMs) {
      entry.count += 1;
      return;
    }
    this.#failures.delete(key);
    if (this.#failures.size >= this.#keys) {
      const oldest = this.#failures.keys().next();
      if (!oldest.done) this.#failures.delete(oldest.value);
    }
    this.#failures.set(key, { count: 1, sinceMs: this.#clock.now() });
  }

  succeed(key: string): void {
    this.#failures.delete(key);
  }
}
