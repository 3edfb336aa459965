import type { Clock } from '../../config/clock.ts';
import { isCoded } from '../../config/errors.ts';
import type { Logger } from '../../config/logger.ts';

/** Writes that wait in line, one line per contact; a line whose database is away tries again until it is back. */
export interface WriteLine {
  put(contactId: string, what: string, write: () => Promise<unknown>): void;
  /** Like `put`, but a later one of the same contact replaces an earlier one that has not begun. */
  putLatest(contactId: string, what: string, write: () => Promise<unknown>): void;
  /** Writes that wait or are under way. */
  readonly waiting: number;
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>;
  /** Waiting writes are given up. Idempotent. */
  close(): void;
}

interface Entry {
  readonly what: string;
  write: () => Promise<unknown>;
  readonly replaceable: boolean;
}

/** Most writes that wait. Above it the oldest line's newest are refused with a line in the log: memory stays bounded. */
const MOST_WAITING = 200_000;
const RETRY_MS = 500;

export function createWriteLine(options: { readonly clock: Clock; readonly log: Logger }): WriteLine {
  const { clock, log } = options;
  const lines = new Map<string, Entry[]>();
  let waiting = 0;
  let closed = false;
  let idleWaiters: (() => void)[] = [];

  async function work(contactId: string, line: Entry[]): Promise<void> {
    for (let entry = line[0]; entry && !closed; entry = line[0]) {
      try {
        const { write } = entry;
        await write();
      } catch (error) {
        if (isCoded(error) && error.retryable && !closed) {
          await new Promise<void>((resolve) => void clock.after(RETRY_MS, resolve));
          continue;
        }
        log.error({ contactId, what: entry.what, err: error }, 'a record of a call could not be written');
      }
      line.shift();
      waiting -= 1;
    }
    if (lines.get(contactId) === line && line.length === 0) lines.delete(contactId);
    if (lines.size > 0) return;
    for (const resolve of idleWaiters) resolve();
    idleWaiters = [];
  }

  function put(contactId: string, entry: Entry): void {
    if (closed) return;
    const line = lines.get(contactId);
    const last = line?.at(-1);
    if (line && last && entry.replaceable && last.replaceable && last.what === entry.what && line.length > 1) {
      last.write = entry.write;
      return;
    }
    if (waiting >= MOST_WAITING) {
      log.error({ contactId, what: entry.what }, 'too many records wait for the database, one is given up');
      return;
    }
    waiting += 1;
    if (line) {
      line.push(entry);
      return;
    }
    const fresh = [entry];
    lines.set(contactId, fresh);
    void work(contactId, fresh);
  }

  return {
    put: (contactId, what, write) => put(contactId, { what, write, replaceable: false }),
    putLatest: (contactId, what, write) => put(contactId, { what, write, replaceable: true }),
    get waiting() {
      return waiting;
    },
    idle: () => (lines.size === 0 || closed ? Promise.resolve() : new Promise((resolve) => idleWaiters.push(resolve))),
    close() {
      closed = true;
      for (const resolve of idleWaiters) resolve();
      idleWaiters = [];
    },
  };
}
