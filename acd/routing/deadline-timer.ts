import type { Clock, Timer } from '../../config/clock.ts';
import { isCoded } from '../../config/errors.ts';
import type { Logger } from '../../config/logger.ts';

/** One timer for all deadlines of the engine. */
export interface DeadlineTimer {
  /** Looks again when the next deadline is; call it after anything was applied. */
  schedule(): void;
  close(): void;
}

/** A deadline that a tick did not move is asked for again after this, ms, and not at once. */
const SAME_DEADLINE_PAUSE_MS = 100;

export function createDeadlineTimer(options: {
  readonly clock: Clock;
  readonly nextDeadline: () => number | undefined;
  readonly tick: () => Promise<unknown>;
  readonly logger: Logger;
}): DeadlineTimer {
  const { clock, logger } = options;
  let timer: Timer | undefined;
  let dueMs: number | undefined;
  let tickedFor: number | undefined;
  let closed = false;

  function schedule(): void {
    const nextMs = options.nextDeadline();
    if (closed || (timer && nextMs === dueMs)) return;
    timer?.cancel();
    timer = undefined;
    dueMs = nextMs;
    if (nextMs === undefined) return;
    const pauseMs = nextMs === tickedFor ? SAME_DEADLINE_PAUSE_MS : 0;
    timer = clock.after(Math.max(nextMs - clock.now(), pauseMs), fire);
  }

  async function fire(): Promise<void> {
    timer = undefined;
    tickedFor = dueMs;
    try {
      await options.tick();
    } catch (fault) {
      // While the database is away deadlines wait; the writer calls `schedule` when it is back.
      if (!isCoded(fault, 'store.unavailable') && !isCoded(fault, 'journal.stale-owner')) {
        logger.error({ err: fault }, 'a deadline of the routing engine could not be handled');
      }
    }
  }

  return {
    schedule,
    close() {
      closed = true;
      timer?.cancel();
    },
  };
}
