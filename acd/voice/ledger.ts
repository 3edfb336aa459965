import type { Clock } from '../../config/clock.ts';
import type { CommandOutcome } from './command.ts';

/** Remembers what became of commands: the same key gives the first outcome again. */
export interface CommandLedger {
  once(key: string, run: () => Promise<CommandOutcome>): Promise<CommandOutcome>;
}

const KEPT_MS = 600_000;
const MOST_KEPT = 10_000;

export function createCommandLedger(clock: Clock): CommandLedger {
  const known = new Map<string, { readonly atMs: number; readonly outcome: Promise<CommandOutcome> }>();
  return {
    once(key, run) {
      const nowMs = clock.now();
      // Insertion order is order of time, so the oldest come first.
      for (const [old, entry] of known) {
        if (nowMs - entry.atMs < KEPT_MS && known.size < MOST_KEPT) break;
        known.delete(old);
      }
      const entry = known.get(key);
      if (entry) return entry.outcome;
      const outcome = run();
      known.set(key, { atMs: nowMs, outcome });
      // A fault is not an outcome: the next try may go well.
      outcome.catch(() => known.delete(key));
      return outcome;
    },
  };
}
