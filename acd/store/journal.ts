import type { Queryable } from './database.ts';

/** An engine event as it is kept: `event` is JSON text, byte for byte what the live engine was given. */
export interface JournalEntry {
  readonly seq: number;
  readonly atMs: number;
  readonly event: string;
}

export interface JournalOwner {
  readonly domain: string;
  /** The domain's lease, and the epoch under which we hold it. */
  readonly lease: string;
  readonly epoch: number;
}

/** How long an append may take, ms. Callers wait for it, so it fails rather early; it is tried again with the same numbers. */
const APPEND_DEADLINE_MS = 3_000;

/**
 * Appends entries with consecutive numbers, all or none, in one statement that also proves that we still own the domain: the lease's row
 * is locked in share mode, so a takeover comes either before (nothing is written, `stale-owner`) or after (the new owner reads what
 * we wrote). Sent again after an unknown outcome it writes nothing twice: rows of our epoch at these numbers can only be ours.
 */
export async function appendJournal(
  db: Queryable,
  owner: JournalOwner,
  entries: readonly JournalEntry[],
): Promise<'appended' | 'stale-owner'> {
  const first = entries[0];
  const last = entries.at(-1);
  if (!first || !last) return 'appended';
  const { rows } = await db.query<{ owners: number; added: number }>(
    `with owner as materialized (select epoch from leases where name = $1 and epoch = $2 for share),
          added as (
            insert into engine_journal (domain, seq, epoch, at, event)
            select $3, e.seq, owner.epoch, to_timestamp(e.at_ms / 1000.0), e.event::json
              from owner, unnest($4::bigint[], $5::bigint[], $6::text[]) as e (seq, at_ms, event)
            on conflict (domain, seq) do nothing returning seq)
     select (select count(*) from owner) as owners, (select count(*) from added) as added`,
    [
      owner.lease,
      owner.epoch,
      owner.domain,
      entries.map((entry) => entry.seq),
      entries.map((entry) => entry.atMs),
      entries.map((entry) => entry.event),
    ],
    { deadlineMs: APPEND_DEADLINE_MS },
  );
  if (rows[0]?.owners !== 1) return 'stale-owner';
  if (rows[0].added === entries.length) return 'appended';
  const ours = await db.query<{ n: number }>(
    'select count(*) as n from engine_journal where domain = $1 and epoch = $2 and seq between $3 and $4',
    [owner.domain, owner.epoch, first.seq, last.seq],
  );
  return ours.rows[0]?.n === entries.length ? 'appended' : 'stale-owner';
}

/** Entries behind `afterSeq` in order, at most `limit`. */
export async function readJournal(
  db: Queryable,
  domain: string,
  afterSeq: number,
  limit: number,
): Promise<readonly (JournalEntry & { readonly epoch: number })[]> {
  const { rows } = await db.query<JournalEntry & { epoch: number }>(
    `select seq, epoch, at as "atMs", event::text as event from engine_journal where domain = $1 and seq > $2 order by seq limit $3`,
    [domain, afterSeq, limit],
    { deadlineMs: 60_000 },
  );
  return rows;
}

/** Removes what a snapshot at `coveredSeq` makes unnecessary for recovery and is older than `beforeMs`; the rest stays for replays. */
export async function pruneJournal(
  db: Queryable,
  domain: string,
  limits: { readonly coveredSeq: number; readonly beforeMs: number },
): Promise<number> {
  const { changed } = await db.query(
    'delete from engine_journal where domain = $1 and seq <= $2 and at < to_timestamp($3::bigint / 1000.0)',
    [domain, limits.coveredSeq, limits.beforeMs],
    { deadlineMs: 60_000 },
  );
  return changed;
}
