import type { Clock } from '../../config/clock.ts';
import { isCoded } from '../../config/errors.ts';
import type { Logger } from '../../config/logger.ts';

interface Entry {
  readonly what: string;
  readonly write: () => Promise<unknown>;
  /** A newer entry of the same key, not written yet, takes the place of an older one. */
  readonly replaces: string | undefined;
}

/** Gap before a write is tried again while the database is away, ms. */
const RETRY_MS = 500;
/** How many writes may wait. Above it, replaceable and story entries are the first to go; a contact's own rows never are. */
const MOST_WAITING = 200_000;

/**
 * Writes that nobody waits for: one line a key (a contact), in order, lines beside each other. While the database is away a line stands
 * still and is tried again; a write that the database refuses is logged and left out, so that one bad row does not stop the rest.
 */
export class WriteLine {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #lines = new Map<string, Entry[]>();
  #waiting = 0;
  #idle: (() => void)[] = [];
  #closed = false;

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock;
    this.#log = log;
  }

  /** How many writes wait or are under way. */
  get waiting(): number {
    return this.#waiting;
  }

  /** @param replaces writes of one key with the same word here: only the newest is written */
  add(
    key: string,
    what: string,
    write: () => Promise<unknown>,
    options: { replaces?: string; droppable?: boolean } = {},
  ): void {
    if (this.#closed) return;
    if (this.#waiting >= MOST_WAITING && options.droppable) {
      this.#log.warn({ what }, 'a write was left out because too many wait for the database');
      return;
    }
    const line = this.#lines.get(key);
    const entry: Entry = { what, write, replaces: options.replaces };
    if (!line) {
      const fresh = [entry];
      this.#lines.set(key, fresh);
      this.#waiting += 1;
      void this.#drain(key, fresh);
      return;
    }
    // Index 0 is under way and can't be replaced any more.
    const last = line.at(-1);
    if (line.length > 1 && last && last.replaces !== undefined && last.replaces === entry.replaces) {
      line[line.length - 1] = entry;
      return;
    }
    line.push(entry);
    this.#waiting += 1;
  }

  /** Resolves when everything added so far, and what came meanwhile, is written; or after `deadlineMs`. True when all was written. */
  async flush(deadlineMs: number): Promise<boolean> {
    if (this.#waiting === 0) return true;
    return new Promise((resolve) => {
      const timer = this.#clock.after(deadlineMs, () => resolve(false));
      this.#idle.push(() => {
        timer.cancel();
        resolve(true);
      });
    });
  }

  /** Takes nothing more. Idempotent. */
  close(): void {
    this.#closed = true;
  }

  async #drain(key: string, line: Entry[]): Promise<void> {
    for (let entry = line[0]; entry !== undefined; entry = line[0]) {
      await this.#write(entry);
      line.shift();
      this.#waiting -= 1;
    }
    this.#lines.delete(key);
    if (this.#waiting === 0) for (const done of this.#idle.splice(0)) done();
  }

  async #write(entry: Entry): Promise<void> {
    for (let told = false; ; ) {
      try {
        await entry.write();
        return;
      } catch (error) {
        if (!isCoded(error, 'store.unavailable')) {
          this.#log.error({ err: error, what: entry.what }, 'a record could not be written and is left out');
          return;
        }
        if (this.#closed) return;
        if (!told) this.#log.warn({ what: entry.what }, 'the database is away; records wait');
        told = true;
        await new Promise<void>((resolve) => this.#clock.after(RETRY_MS, resolve));
      }
    }
  }
}
