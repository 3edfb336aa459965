import type { Clock, Timer } from '../../config/clock.ts';
import type { Logger } from '../../config/logger.ts';
import { type Database, markEffects, pruneJournal, saveSnapshot } from '../store/index.ts';
import type { DecidedEffect, EffectRunner } from './effect-runner.ts';
import type { LeaseKeeper } from './lease-keeper.ts';

export interface SnapshotPolicy {
  /** A snapshot after this many events, default 10,000 … */
  readonly everyEvents: number;
  /** … or after this time with at least one event, default 60,000 ms. */
  readonly everyMs: number;
  /** How long entries are kept for replays, default 30 days in ms. Those that no snapshot covers are always kept. */
  readonly keepJournalMs: number;
}

export const DEFAULT_SNAPSHOT_POLICY: SnapshotPolicy = {
  everyEvents: 10_000,
  everyMs: 60_000,
  keepJournalMs: 30 * 86_400_000,
};

/** How often marks of carried-out effects are stored, and old entries removed, ms. */
const MARKS_EVERY_MS = 50;
const PRUNE_EVERY_MS = 3_600_000;

export interface SnapshotKeeper {
  /** So many events were applied. */
  onApplied(events: number): void;
  /** Stores marks and a snapshot now. */
  finish(): Promise<void>;
  close(): void;
}

/** What is written beside the journal, without anybody waiting for it: snapshots, marks of effects, and the journal's pruning. */
export function createSnapshotKeeper(options: {
  readonly database: Database;
  readonly domain: string;
  readonly lease: LeaseKeeper;
  readonly runner: EffectRunner;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly policy: SnapshotPolicy;
  /** State and number of the last entry, at one instant. */
  readonly capture: () => { readonly seq: number; readonly state: unknown };
  readonly isAvailable: () => boolean;
}): SnapshotKeeper {
  const { database, domain, lease, runner, clock, logger, policy } = options;
  let newEvents = 0;
  let lastSnapshotMs = clock.now();
  let lastPruneMs = clock.now();
  let isWriting = false;
  let closed = false;
  let timer: Timer = clock.after(MARKS_EVERY_MS, beat);

  async function beat(): Promise<void> {
    if (options.isAvailable()) {
      await storeMarks();
      const isDue = newEvents >= policy.everyEvents || clock.now() - lastSnapshotMs >= policy.everyMs;
      if (newEvents > 0 && isDue) await storeSnapshot();
    }
    if (!closed) timer = clock.after(MARKS_EVERY_MS, beat);
  }

  async function storeMarks(): Promise<void> {
    const marks = runner.takeMarks();
    if (marks.length === 0) return;
    try {
      await markEffects(database, domain, marks);
    } catch (fault) {
      runner.returnMarks(marks);
      logger.warn({ err: fault, marks: marks.length }, 'marks of carried-out effects could not be stored yet');
    }
  }

  async function storeSnapshot(): Promise<void> {
    if (isWriting) return;
    isWriting = true;
    const events = newEvents;
    newEvents = 0;
    lastSnapshotMs = clock.now();
    const { seq, state } = options.capture();
    const outstanding: readonly DecidedEffect[] = runner.outstanding();
    try {
      const owner = { domain, lease: lease.lease.name, epoch: lease.epoch() };
      const snapshot = { seq, state: JSON.stringify(state), outstanding: JSON.stringify(outstanding) };
      const isStored = await saveSnapshot(database, owner, snapshot);
      if (isStored && clock.now() - lastPruneMs >= PRUNE_EVERY_MS) {
        lastPruneMs = clock.now();
        await pruneJournal(database, domain, { coveredSeq: seq, beforeMs: clock.now() - policy.keepJournalMs });
      }
    } catch (fault) {
      newEvents += events;
      logger.warn({ err: fault, seq }, 'the snapshot of the routing engine could not be stored yet');
    } finally {
      isWriting = false;
    }
  }

  return {
    onApplied(events) {
      newEvents += events;
    },
    async finish() {
      await storeMarks();
      if (newEvents > 0) await storeSnapshot();
    },
    close() {
      closed = true;
      timer.cancel();
    },
  };
}
