import type { Clock } from '../../config/clock.ts';
import type { CallControl } from '../../switch/index.ts';

/** Lets work on a switch wait until its link is back and what is really there has been compared with what we believe. */
export interface LinkWatch {
  lost(control: CallControl): void;
  /** The link is up, and the comparison done. */
  repaired(control: CallControl): void;
  isUp(control: CallControl): boolean;
  /** True once the link is up and repaired; false after `timeoutMs`. */
  waitForRepair(control: CallControl, timeoutMs: number): Promise<boolean>;
}

export function createLinkWatch(clock: Clock): LinkWatch {
  const down = new Set<CallControl>();
  const waiting = new Map<CallControl, Set<(up: boolean) => void>>();
  return {
    lost: (control) => void down.add(control),
    repaired(control) {
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
  };
}
