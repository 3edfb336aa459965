import type { Clock, Timer } from '../../config/clock.ts';
import { CodedError, isCoded } from '../../config/errors.ts';
import type { Logger } from '../../config/logger.ts';
import {
  advanceLease,
  type Database,
  type HeldLease,
  isLeaseHeld,
  releaseLease,
  renewLease,
  takeLease,
} from '../store/index.ts';

/** The lease of a routing domain while it is ours. */
export interface LeaseKeeper {
  readonly lease: HeldLease;
  /** Our epoch; it rises with {@link LeaseKeeper.advance}. */
  epoch(): number;
  /** True while nobody else can have taken over, by this machine's steady clock: also right after the process was paused. */
  isCertain(): boolean;
  /** True when another process waited to take over when the lease was last renewed. */
  hasStandby(): boolean;
  /** Asks the database now. False: somebody else has taken over. Throws `store.unavailable`. */
  confirm(): Promise<boolean>;
  /** Raises our epoch, so that statements still under way with the old one write nothing. False: somebody else has taken over. */
  advance(): Promise<boolean>;
  /** Stops renewing; with `release` a standby may take over at once. Idempotent. */
  close(release: boolean): Promise<void>;
}

export interface LeaseOptions {
  readonly database: Database;
  readonly name: string;
  /** Unique to this start of this process. */
  readonly owner: string;
  readonly leaseMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called once when the lease turns out to be somebody else's. */
  readonly onLost: () => void;
  /** Ends the wait for the lease. */
  readonly signal?: AbortSignal | undefined;
}

/** How many renewals fit into a lease: three may fail before a standby takes over. */
const RENEWALS_PER_LEASE = 4;

/**
 * Waits until the lease is free, takes it and keeps it. A database that only this process can have open needs no waiting and no renewals.
 * While the database is away it waits too. Throws `state.conflict` when `signal` ends the wait.
 */
export async function keepLease(options: LeaseOptions): Promise<LeaseKeeper> {
  const { database, clock, logger, leaseMs } = options;
  const lease: HeldLease = { name: options.name, owner: options.owner };
  const everyMs = leaseMs / RENEWALS_PER_LEASE;
  /** Held by whoever stands by, so that the owner knows of it. */
  const standby: HeldLease = { name: `${options.name} standby`, owner: options.owner };
  let announcedAt = Number.NEGATIVE_INFINITY;
  let standbySeen = false;
  let certainUntil = 0;
  let epoch = await waitForLease();
  let timer: Timer | undefined;
  let closed = false;
  scheduleRenewal();

  async function waitForLease(): Promise<number> {
    let announced = false;
    for (;;) {
      if (options.signal?.aborted) throw new CodedError('state.conflict', { reason: 'stopped while standing by' });
      const askedAt = performance.now();
      try {
        const outcome = await takeLease(database, { ...lease, leaseMs, seize: database.exclusive });
        if (outcome.kind === 'taken') {
          prolong(askedAt);
          if (announced) await releaseLease(database, standby).catch(() => undefined);
          return outcome.epoch;
        }
        if (askedAt - announcedAt > everyMs) {
          await takeLease(database, { ...standby, leaseMs: leaseMs * 2, seize: true });
          announcedAt = askedAt;
        }
        if (!announced) logger.info({ owner: outcome.owner }, 'standing by: another server owns the routing domain');
        announced = true;
      } catch (fault) {
        if (!isCoded(fault, 'store.unavailable')) throw fault;
      }
      await pause(Math.max(50, everyMs / 2));
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        waiting.cancel();
        options.signal?.removeEventListener('abort', done);
        resolve();
      };
      const waiting = clock.after(ms, done);
      options.signal?.addEventListener('abort', done);
    });
  }

  function prolong(askedAt: number): void {
    certainUntil = database.exclusive ? Number.POSITIVE_INFINITY : Math.max(certainUntil, askedAt + leaseMs);
  }

  function scheduleRenewal(): void {
    if (closed || database.exclusive) return;
    timer = clock.after(everyMs, async () => {
      try {
        if (!(await confirm())) return;
        standbySeen = await isLeaseHeld(database, standby.name);
      } catch (fault) {
        logger.warn({ err: fault }, 'the lease of the routing domain could not be renewed');
      }
      scheduleRenewal();
    });
  }

  async function confirm(): Promise<boolean> {
    const askedAt = performance.now();
    const isOurs = await renewLease(database, lease, leaseMs);
    if (isOurs) prolong(askedAt);
    else lost();
    return isOurs;
  }

  function lost(): void {
    if (closed) return;
    closed = true;
    timer?.cancel();
    certainUntil = 0;
    options.onLost();
  }

  return {
    lease,
    epoch: () => epoch,
    isCertain: () => performance.now() < certainUntil,
    hasStandby: () => standbySeen,
    confirm,
    async advance() {
      const askedAt = performance.now();
      const next = await advanceLease(database, lease, leaseMs);
      if (next === undefined) {
        lost();
        return false;
      }
      epoch = next;
      prolong(askedAt);
      return true;
    },
    async close(release) {
      if (closed) return;
      closed = true;
      timer?.cancel();
      if (!release) return;
      await releaseLease(database, lease).catch((fault) =>
        logger.warn({ err: fault }, 'the lease could not be given back'),
      );
    },
  };
}
