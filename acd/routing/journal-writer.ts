import type { Clock } from '../../config/clock.ts';
import { CodedError, isCoded } from '../../config/errors.ts';
import type { Logger } from '../../config/logger.ts';
import type { Effect, EngineEvent } from '../engine/index.ts';
import { appendJournal, type Database, type JournalEntry, readJournal } from '../store/index.ts';
import { isKeptWhileAway, undoing } from './admission.ts';
import type { LeaseKeeper } from './lease-keeper.ts';

/** An event that the journal has, on its way into the engine. */
export interface Journaled {
  readonly seq: number;
  readonly atMs: number;
  readonly event: EngineEvent;
}

export interface JournalWriterOptions {
  readonly database: Database;
  readonly domain: string;
  readonly lease: LeaseKeeper;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The last entry that the engine has taken, and its time. */
  readonly lastSeq: number;
  readonly lastAtMs: number;
  /** Takes journaled events in, in order, and answers the effects of each. */
  readonly apply: (events: readonly Journaled[]) => readonly (readonly Effect[])[];
  /** The append or the lease says that somebody else owns the domain; the writer has stopped. */
  readonly onLost: (fault: CodedError) => void;
  /** Hears when the database goes away and comes back. */
  readonly onAvailability: (available: boolean) => void;
}

/** The one writer of a routing domain's journal. */
export interface JournalWriter {
  /** Resolves with the event's effects when it is durable and applied. See {@link JournalWriterOptions} for the order of things. */
  submit(event: EngineEvent): Promise<readonly Effect[]>;
  readonly isAvailable: boolean;
  readonly queued: number;
  /** Events of one type that wait. */
  isQueued(type: EngineEvent['type']): boolean;
  /** Resolves when nothing waits, or the database is away. */
  idle(): Promise<void>;
  /** Refuses what waits and what comes with `fault`. Idempotent. */
  stop(fault: CodedError): void;
}

/** The most events that one append takes, and that may wait at all. */
const BATCH_LIMIT = 500;
const QUEUE_LIMIT = 20_000;
/** How often a database that is away is asked again, ms. */
const AWAY_RETRY_MS = 250;

interface Waiting {
  readonly event: EngineEvent;
  readonly text: string;
  readonly atMs: number;
  readonly resolve: (effects: readonly Effect[]) => void;
  readonly reject: (fault: CodedError) => void;
  /** Its sender was told that the database is away. */
  refused: boolean;
}

/**
 * Group commit: while one append is under way, what comes meanwhile forms the next batch. An event is applied only after it is durable,
 * so the engine in memory is never ahead of the journal.
 */
export function createJournalWriter(options: JournalWriterOptions): JournalWriter {
  const { database, domain, lease, clock, logger } = options;
  let seq = options.lastSeq;
  let lastAtMs = options.lastAtMs;
  let queue: Waiting[] = [];
  let pumping: Promise<void> | undefined;
  let isAway = false;
  let stopped: CodedError | undefined;

  function submit(event: EngineEvent): Promise<readonly Effect[]> {
    if (stopped) return Promise.reject(stopped);
    if (isAway && !isKeptWhileAway(event))
      return Promise.reject(new CodedError('store.unavailable', { event: event.type }));
    if (queue.length >= QUEUE_LIMIT) {
      logger.error(
        { event: event.type, queued: queue.length },
        'routing event refused: too many wait for the database',
      );
      return Promise.reject(new CodedError(isAway ? 'store.unavailable' : 'request.too-many', { event: event.type }));
    }
    return new Promise((resolve, reject) => {
      // The engine gets what the text says and not the object, so that a replay gives it exactly the same.
      const text = JSON.stringify(event);
      lastAtMs = Math.max(lastAtMs, clock.now());
      queue.push({ event: JSON.parse(text), text, atMs: lastAtMs, resolve, reject, refused: false });
      pumping ??= pump();
    });
  }

  async function pump(): Promise<void> {
    // One turn later, so that events submitted together share the first append.
    await Promise.resolve();
    while (queue.length > 0 && !stopped) {
      const batch = queue.splice(0, BATCH_LIMIT);
      try {
        if (!(await append(batch))) continue;
        if (await isOwnerStill()) take(batch);
        else refuse(batch, stopped ?? new CodedError('journal.stale-owner', { domain }));
      } catch (fault) {
        await refuseFaulty(batch, fault);
      }
    }
    pumping = undefined;
  }

  /** True when the batch is durable; false when it is to be tried again from the queue, or we were stopped. */
  async function append(batch: readonly Waiting[]): Promise<boolean> {
    const owner = { domain, lease: lease.lease.name, epoch: lease.epoch() };
    try {
      const outcome = await appendJournal(database, owner, entriesOf(batch));
      if (outcome === 'appended') return true;
      loseOwnership();
      refuse(batch, stopped!);
      return false;
    } catch (fault) {
      if (!isCoded(fault, 'store.unavailable')) throw fault;
      return outlast(batch, owner.epoch, fault);
    }
  }

  function entriesOf(batch: readonly Waiting[]): readonly JournalEntry[] {
    return batch.map((waiting, index) => ({ seq: seq + 1 + index, atMs: waiting.atMs, event: waiting.text }));
  }

  /**
   * Waits until the database is back. It is not known whether the batch was written: a raised epoch makes sure that it is not written
   * any more, and then the journal is asked. What was refused meanwhile and had been written is undone by a further event.
   */
  async function outlast(batch: readonly Waiting[], epoch: number, cause: CodedError): Promise<boolean> {
    isAway = true;
    logger.warn({ domain, waiting: batch.length + queue.length, err: cause }, 'journal: the database is away');
    options.onAvailability(false);
    for (const waiting of [...batch, ...queue]) {
      if (isKeptWhileAway(waiting.event)) continue;
      waiting.refused = true;
      waiting.reject(new CodedError('store.unavailable', { event: waiting.event.type }, cause));
    }
    queue = queue.filter((waiting) => !waiting.refused);
    for (;;) {
      await new Promise<void>((resolve) => clock.after(AWAY_RETRY_MS, resolve));
      if (stopped) {
        refuse(batch, stopped);
        return false;
      }
      try {
        if (!(await lease.advance())) {
          loseOwnership();
          refuse(batch, stopped!);
          return false;
        }
        const written = (await readJournal(database, domain, seq, 1))[0];
        isAway = false;
        logger.info({ domain, written: written?.epoch === epoch }, 'journal: the database is back');
        options.onAvailability(true);
        if (written) {
          queue.unshift(...batch.filter((waiting) => waiting.refused).flatMap(undo));
          return true;
        }
        queue.unshift(...batch.filter((waiting) => !waiting.refused));
        return false;
      } catch (fault) {
        if (!isCoded(fault, 'store.unavailable')) logger.error({ domain, err: fault }, 'journal: not usable yet');
      }
    }
  }

  function undo(waiting: Waiting): Waiting[] {
    const event = undoing(waiting.event);
    if (!event) return [];
    const nothing = () => {};
    return [
      { event, text: JSON.stringify(event), atMs: waiting.atMs, resolve: nothing, reject: nothing, refused: false },
    ];
  }

  function loseOwnership(): void {
    const fault = new CodedError('journal.stale-owner', { domain });
    stop(fault);
    options.onLost(fault);
  }

  /** After a pause of this process somebody else may act on what we have just written: ask before acting. */
  async function isOwnerStill(): Promise<boolean> {
    while (!lease.isCertain()) {
      if (stopped) return false;
      try {
        if (await lease.confirm()) break;
        loseOwnership();
        return false;
      } catch (fault) {
        if (!isCoded(fault, 'store.unavailable')) throw fault;
        await new Promise<void>((resolve) => clock.after(AWAY_RETRY_MS, resolve));
      }
    }
    return !stopped;
  }

  function take(batch: readonly Waiting[]): void {
    const effects = options.apply(batch.map(({ event, atMs }, index) => ({ seq: seq + 1 + index, atMs, event })));
    seq += batch.length;
    batch.forEach((waiting, index) => {
      if (!waiting.refused) waiting.resolve(effects[index] ?? []);
    });
  }

  /** The database refuses something in the batch itself: each event is tried alone, and the faulty ones are given back. */
  async function refuseFaulty(batch: readonly Waiting[], fault: unknown): Promise<void> {
    const coded = fault instanceof CodedError ? fault : new CodedError('internal', {}, fault);
    if (batch.length > 1) {
      for (const waiting of batch) {
        try {
          if (!(await append([waiting]))) continue;
          if (await isOwnerStill()) take([waiting]);
          else refuse([waiting], stopped ?? new CodedError('journal.stale-owner', { domain }));
        } catch (own) {
          await refuseFaulty([waiting], own);
        }
      }
      return;
    }
    logger.error({ domain, event: batch[0]?.event.type, err: coded }, 'journal: an event cannot be written');
    refuse(batch, coded);
  }

  function refuse(batch: readonly Waiting[], fault: CodedError): void {
    for (const waiting of batch) if (!waiting.refused) waiting.reject(fault);
  }

  function stop(fault: CodedError): void {
    if (stopped) return;
    stopped = fault;
    refuse(queue, fault);
    queue = [];
  }

  return {
    submit,
    get isAvailable() {
      return !isAway && !stopped;
    },
    get queued() {
      return queue.length;
    },
    isQueued: (type) => queue.some((waiting) => waiting.event.type === type),
    idle: async () => {
      while (pumping && !isAway && !stopped) {
        await Promise.race([pumping, new Promise<void>((resolve) => clock.after(50, resolve))]);
      }
    },
    stop,
  };
}
