/** A timer that can be taken back. Cancelling twice, or after it fired, does nothing. */
export interface Timer {
  cancel(): void;
}

/** Where time comes from. Everything that waits takes one, so that tests and the simulator can supply their own. */
export interface Clock {
  /** Milliseconds since 1970, whole. */
  now(): number;
  /** Calls `task` once after `delayMs` (0 or more). */
  after(delayMs: number, task: () => void): Timer;
}

/** The machine's own time. `setTimeout` overflows above 2^31-1 ms and would fire at once, so longer delays are cut there. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, task) {
    const handle = setTimeout(task, Math.min(Math.max(0, delayMs), 2_147_483_647));
    return { cancel: () => clearTimeout(handle) };
  },
};

interface Waiting {
  readonly dueMs: number;
  readonly order: number;
  readonly task: () => void;
}

/** A clock that stands still until it is told to move. For tests and simulations. */
export class ManualClock implements Clock {
  #nowMs: number;
  #order = 0;
  #waiting: Waiting[] = [];

  constructor(startMs = 0) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, task: () => void): Timer {
    const entry: Waiting = { dueMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, task };
    this.#waiting.push(entry);
    return {
      cancel: () => {
        this.#waiting = this.#waiting.filter((other) => other !== entry);
      },
    };
  }

  /** Moves forward by `ms`, firing what falls due on the way in order of due time. */
  advance(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (;;) {
      const next = this.#waiting
        .filter((entry) => entry.dueMs <= endMs)
        .sort((a, b) => a.dueMs - b.dueMs || a.order - b.order)[0];
      if (!next) break;
      this.#waiting = this.#waiting.filter((other) => other !== next);
      this.#nowMs = next.dueMs;
      next.task();
    }
    this.#nowMs = endMs;
  }
}
