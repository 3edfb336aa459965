import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../config/clock.ts';
import { CodedError } from '../../../config/errors.ts';
import type { SwitchEvent } from './switch-event.ts';

/** A background command under way. */
export interface Job {
  readonly id: string;
  readonly result: Promise<string>;
  /** Ends it at once; nothing more is expected. */
  fail(error: CodedError): void;
}

/**
 * Background commands by Job-UUID. The id is ours and is listed before the command is written, so a result can't come too
 * early; results of other clients' jobs are not ours and are not kept.
 */
export class JobBook {
  readonly #clock: Clock;
  readonly #open = new Map<string, (outcome: string | CodedError) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#open.size;
  }

  open(command: string, deadlineMs: number): Job {
    const id = randomUUID();
    let settle: (outcome: string | CodedError) => void = () => undefined;
    const result = new Promise<string>((resolve, reject) => {
      const timer = this.#clock.after(deadlineMs, () => {
        settle(new CodedError('switch.deadline', { command, deadlineMs }));
      });
      settle = (outcome) => {
        if (!this.#open.delete(id)) return;
        timer.cancel();
        if (outcome instanceof CodedError) reject(outcome);
        else resolve(outcome);
      };
      this.#open.set(id, settle);
    });
    return { id, result, fail: settle };
  }

  /** Takes a `BACKGROUND_JOB` event. */
  take(event: SwitchEvent): void {
    this.#open.get(event.get('Job-UUID') ?? '')?.(event.body ?? '');
  }

  failAll(error: CodedError): void {
    for (const settle of [...this.#open.values()]) settle(error);
  }
}
