const SOURCES_LIMIT = 10_000;

/** Counts failures per source in a window of fixed length that starts with the first failure. Holds at most 10,000 sources. */
export class FailureWindow {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #sources = new Map<string, { count: number; sinceMs: number }>();

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** True while the source has used up its failures, `factor` times the limit. */
  blocked(source: string, nowMs: number, factor = 1): boolean {
    const entry = this.#sources.get(source);
    if (!entry) return false;
    if (nowMs - entry.sinceMs >= this.#windowMs) {
      this.#sources.delete(source);
      return false;
    }
    return entry.count >= this.#limit * factor;
  }

  fail(source: string, nowMs: number): void {
    const entry = this.#sources.get(source);
    if (entry && nowMs - entry.sinceMs < this.#windowMs) {
      entry.count++;
      return;
    }
    this.#sources.delete(source);
    const oldest = this.#sources.keys().next().value;
    if (this.#sources.size >= SOURCES_LIMIT && oldest !== undefined) this.#sources.delete(oldest);
    this.#sources.set(source, { count: 1, sinceMs: nowMs });
  }
}
