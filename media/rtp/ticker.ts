import { performance } from 'node:perf_hooks';

/** Length of a tick, ms, and samples of sound in it at 8 kHz. */
export const TICK_MS = 20;
export const TICK_SAMPLES = 160;
/** After a stall at most so many ticks are made up for; the rest is left out, as nobody wants a second of sound at once. */
const MAX_CATCH_UP = 5;

/** The one 20 ms beat for everything that is paced. It holds to the monotonic clock, so it does not drift. */
export class Ticker {
  readonly #task: (tick: number) => void;
  readonly #startMs = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #next = 1;
  #closed = false;

  /** @param task called once per tick with its number */
  constructor(task: (tick: number) => void) {
    this.#task = task;
    this.#arm();
  }

  /** Position on the sample axis of this ticker: 8 per millisecond since it was made. */
  position(): number {
    return Math.floor((performance.now() - this.#startMs) * 8);
  }

  #arm(): void {
    const dueMs = this.#startMs + this.#next * TICK_MS;
    this.#timer = setTimeout(() => this.#run(), Math.max(0, dueMs - performance.now()));
  }

  #run(): void {
    const due = Math.floor((performance.now() - this.#startMs) / TICK_MS);
    if (due - this.#next >= MAX_CATCH_UP) this.#next = due - MAX_CATCH_UP + 1;
    try {
      while (!this.#closed && this.#next <= due) {
        this.#next += 1;
        this.#task(this.#next - 1);
      }
    } finally {
      // A fault in the task surfaces, and the beat goes on for everybody else.
      if (!this.#closed) this.#arm();
    }
  }

  /** Idempotent. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }
}
