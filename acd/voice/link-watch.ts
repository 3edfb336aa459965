import type { Clock, Timer } from '../../config/clock.ts';
import type { CallControl } from '../../switch/index.ts';

/** Lets work on a switch wait until its link is back and what is really there has been compared with what we believe. */
export interface LinkWatch {
  /** The link is down, from now on or still. */
  lost(control: CallControl): void;
  /** The link is up, and the comparison done. */
  repaired(control: CallControl): void;
  isUp(control: CallControl): boolean;
  /** True once the link is up and repaired; false after `timeoutMs`. */
  waitForRepair(control: CallControl, timeoutMs: number): Promise<boolean>;
  close(): void;
}

/** `onGivenUp` hears once of each loss that has lasted `giveUpMs`. */
export function createLinkWatch(clock: Clock, giveUpMs: number, onGivenUp: (control: CallControl) => void): LinkWatch {
  const down = new Map<CallControl, Timer>();
  const waiting = new Map<CallControl, Set<(up: boolean) => void>>();
  return {
    lost(control) {
      if (!down.has(control))
        down.set(
          control,
          clock.after(giveUpMs, () => onGivenUp(control)),
        );
    },
    repaired(control) {
      down.get(control)?.cancel();
      down.delete(control);
      const all = waiting.get(control) ?? new Set();
      waiting.delete(control);
      for (const resolve of all) resolve(true);
    },
    isUp: (control) => control.linked && !down.has(control),
    waitForRepair(control, timeoutMs) {
      return new Promise((resolve) => {
        const all = waiting.get(control) ?? new Set();
        waiting.set(control, all);
        const timer = clock.after(timeoutMs, () => {
          all.delete(settle);
          resolve(false);
        });
        const settle = (up: boolean) => {
          timer.cancel();
          resolve(up);
        };
        all.add(settle);
      });
    },
    close() {
      for (const timer of down.values()) timer.cancel();
    },
  };
}
