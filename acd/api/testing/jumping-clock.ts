import { type Clock, systemClock, type Timer } from '../../../config/clock.ts';

/** The machine's time, set forward by a test: what is kept until a moment runs out; timers that run already are not touched. */
export class JumpingClock implements Clock {
  #aheadMs = 0;

  now(): number {
    return systemClock.now() + this.#aheadMs;
  }

  after(delayMs: number, task: () => void): Timer {
    return systemClock.after(delayMs, task);
  }

  jump(ms: number): void {
    this.#aheadMs += ms;
  }
}
