import type { Clock, Timer } from '../../../config/clock.ts';
import { CodedError } from '../../../config/errors.ts';
import type { Frame } from './frame.ts';

interface Slot {
  readonly settle: (outcome: Frame | CodedError) => void;
  readonly timer: Timer;
}

/**
 * Who waits for which reply. The switch answers in the order of the commands and marks no answer with a number, so every
 * command takes a slot, and an overdue one keeps its slot: its late answer must not go to the next command.
 */
export class ReplyQueue {
  readonly #clock: Clock;
  readonly #slots: Slot[] = [];
  #head = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Commands without an answer yet, overdue ones included. */
  get length(): number {
    return this.#slots.length - this.#head;
  }

  /** The next command's reply. Fails with `switch.deadline` after `deadlineMs`, or with what `failAll` says. */
  expect(command: string, deadlineMs: number): Promise<Frame> {
    return new Promise((resolve, reject) => {
      let open = true;
      const settle = (outcome: Frame | CodedError): void => {
        if (!open) return;
        open = false;
        timer.cancel();
        if (outcome instanceof CodedError) reject(outcome);
        else resolve(outcome);
      };
      const timer = this.#clock.after(deadlineMs, () => {
        settle(new CodedError('switch.deadline', { command, deadlineMs }));
      });
      this.#slots.push({ settle, timer });
    });
  }

  /** Gives a reply to the command that is next in line. Throws `switch.protocol` when none is. */
  answer(reply: Frame): void {
    const slot = this.#slots[this.#head];
    if (!slot) throw new CodedError('switch.protocol', { reason: 'reply-without-command' });
    this.#head++;
    if (this.#head > 1024 && this.#head * 2 > this.#slots.length) {
      this.#slots.splice(0, this.#head);
      this.#head = 0;
    }
    slot.settle(reply);
  }

  /** Fails everything that waits. */
  failAll(error: CodedError): void {
    const waiting = this.#slots.splice(0).slice(this.#head);
    this.#head = 0;
    for (const slot of waiting) slot.settle(error);
  }
}
