import type { Queryable } from './database.ts';

export type LeaseOutcome =
  | { readonly kind: 'taken'; readonly epoch: number }
  | { readonly kind: 'held'; readonly owner: string; readonly expiresInMs: number };

/** A lease is asked about often and must not hang: a statement about it may take this long, ms. */
const LEASE_DEADLINE_MS = 2_000;

/**
 * Takes the lease when it is free or has expired, by the database's own clock, so that clocks of nodes need not agree. Each taking has a
 * higher epoch, which fences out what earlier owners still try to write. `seize` takes it in any case: only for a database that
 * nobody else can have open.
 */
export async function takeLease(
  db: Queryable,
  lease: { readonly name: string; readonly owner: string; readonly leaseMs: number; readonly seize?: boolean },
): Promise<LeaseOutcome> {
  const { rows } = await db.query<{ epoch: number }>(
    `insert into leases as l (name, owner, epoch, renewed_at, expires_at)
     values ($1, $2, 1, clock_timestamp(), clock_timestamp() + $3 * interval '1 millisecond')
     on conflict (name) do update set owner = excluded.owner, epoch = l.epoch + 1, renewed_at = clock_timestamp(),
       expires_at = clock_timestamp() + $3 * interval '1 millisecond'
     where $4 or l.expires_at <= clock_timestamp()
     returning epoch`,
    [lease.name, lease.owner, lease.leaseMs, lease.seize ?? false],
    { deadlineMs: LEASE_DEADLINE_MS },
  );
  if (rows[0]) return { kind: 'taken', epoch: rows[0].epoch };
  const held = await db.query<{ owner: string; expiresInMs: number }>(
    `select owner, greatest(0, round(extract(epoch from expires_at - clock_timestamp()) * 1000))::float8 as "expiresInMs"
       from leases where name = $1`,
    [lease.name],
    { deadlineMs: LEASE_DEADLINE_MS },
  );
  return { kind: 'held', owner: held.rows[0]?.owner ?? '', expiresInMs: held.rows[0]?.expiresInMs ?? 0 };
}

/** A lease as its owner names it. `owner` is unique to one holder: a name that is made anew at each start. */
export interface HeldLease {
  readonly name: string;
  readonly owner: string;
}

/** Prolongs our lease, even one that has expired, as long as nobody else has taken it. False: somebody has, for good. */
export async function renewLease(db: Queryable, lease: HeldLease, leaseMs: number): Promise<boolean> {
  const { changed } = await db.query(
    `update leases set renewed_at = clock_timestamp(), expires_at = clock_timestamp() + $3 * interval '1 millisecond'
      where name = $1 and owner = $2`,
    [lease.name, lease.owner, leaseMs],
    { deadlineMs: LEASE_DEADLINE_MS },
  );
  return changed > 0;
}

/**
 * Raises our own epoch and answers the new one; undefined when somebody else has the lease. After it, no append that is still under way
 * with the old epoch can write any more: it has either been written and can be seen, or never will be.
 */
export async function advanceLease(db: Queryable, lease: HeldLease, leaseMs: number): Promise<number | undefined> {
  const { rows } = await db.query<{ epoch: number }>(
    `update leases set epoch = epoch + 1, renewed_at = clock_timestamp(), expires_at = clock_timestamp() + $3 * interval '1 millisecond'
      where name = $1 and owner = $2 returning epoch`,
    [lease.name, lease.owner, leaseMs],
    { deadlineMs: LEASE_DEADLINE_MS },
  );
  return rows[0]?.epoch;
}

/** Lets a standby take over at once. */
export async function releaseLease(db: Queryable, lease: HeldLease): Promise<void> {
  await db.query(
    'update leases set expires_at = clock_timestamp() where name = $1 and owner = $2',
    [lease.name, lease.owner],
    { deadlineMs: LEASE_DEADLINE_MS },
  );
}

/** True while somebody holds the lease of that name. */
export async function isLeaseHeld(db: Queryable, name: string): Promise<boolean> {
  const { rows } = await db.query('select 1 from leases where name = $1 and expires_at > clock_timestamp()', [name], {
    deadlineMs: LEASE_DEADLINE_MS,
  });
  return rows.length > 0;
}
