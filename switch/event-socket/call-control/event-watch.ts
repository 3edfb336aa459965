import type { Clock } from '../../../config/clock.ts';
import { CodedError } from '../../../config/errors.ts';
import type { SwitchEvent } from '../wire/switch-event.ts';

interface Watch<T> {
  readonly pick: (event: SwitchEvent) => T | undefined;
  readonly settle: (outcome: T | CodedError) => void;
}

/** Waits for events to come. Set up before the command is written that causes them. */
export class EventWatch {
  readonly #clock: Clock;
  readonly #watches = new Set<Watch<unknown>>();
  readonly #hearers = new Set<(event: SwitchEvent) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The first thing that `pick` makes of an event. Fails with `switch.deadline`, or with what `failAll` says. */
  next<T>(what: string, deadlineMs: number, pick: (event: SwitchEvent) => T | undefined): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const watch: Watch<unknown> = {
        pick,
        settle: (outcome) => {
          if (!this.#watches.delete(watch)) return;
          timer.cancel();
          if (outcome instanceof CodedError) reject(outcome);
          else resolve(outcome as T);
        },
      };
      const timer = this.#clock.after(deadlineMs, () => {
        watch.settle(new CodedError('switch.deadline', { command: what, deadlineMs }));
      });
      this.#watches.add(watch);
    });
  }

  /** Calls `hear` for every event from now on, until the returned function is called. */
  each(hear: (event: SwitchEvent) => void): () => void {
    this.#hearers.add(hear);
    return () => void this.#hearers.delete(hear);
  }

  take(event: SwitchEvent): void {
    for (const hear of [...this.#hearers]) hear(event);
    for (const watch of [...this.#watches]) {
      const outcome = watch.pick(event);
      if (outcome !== undefined) watch.settle(outcome);
    }
  }

  failAll(error: CodedError): void {
    for (const watch of [...this.#watches]) watch.settle(error);
  }
}
