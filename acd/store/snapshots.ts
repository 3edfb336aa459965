import type { Database, Queryable } from './database.ts';
import type { JournalOwner } from './journal.ts';

/** The engine's state after journal entry `seq`, and the effects decided until then that were not carried out yet, as JSON text. */
export interface StoredSnapshot {
  readonly seq: number;
  readonly state: string;
  readonly outstanding: string;
}

/** A large state takes a while to write, ms. */
const SNAPSHOT_DEADLINE_MS = 60_000;

/**
 * Stores the snapshot if we still own the domain (false if not), and forgets what it makes unnecessary: marks of effects up to its
 * number, and all but the two snapshots before it.
 */
export async function saveSnapshot(db: Database, owner: JournalOwner, snapshot: StoredSnapshot): Promise<boolean> {
  return db.transaction(async (tx) => {
    const options = { deadlineMs: SNAPSHOT_DEADLINE_MS };
    const { changed } = await tx.query(
      `insert into engine_snapshots (domain, seq, epoch, state, outstanding)
       select $1, $2, l.epoch, $3::json, $4::json from leases l where l.name = $5 and l.epoch = $6
       on conflict (domain, seq) do nothing`,
      [owner.domain, snapshot.seq, snapshot.state, snapshot.outstanding, owner.lease, owner.epoch],
      options,
    );
    if (changed === 0) return false;
    await tx.query('delete from effects_done where domain = $1 and seq <= $2', [owner.domain, snapshot.seq], options);
    await tx.query(
      `delete from engine_snapshots where domain = $1 and seq not in
         (select seq from engine_snapshots where domain = $1 order by seq desc limit 3)`,
      [owner.domain],
      options,
    );
    return true;
  });
}

export async function newestSnapshot(db: Queryable, domain: string): Promise<StoredSnapshot | undefined> {
  const { rows } = await db.query<StoredSnapshot>(
    `select seq, state::text as state, outstanding::text as outstanding from engine_snapshots
      where domain = $1 order by seq desc limit 1`,
    [domain],
    { deadlineMs: SNAPSHOT_DEADLINE_MS },
  );
  return rows[0];
}

/** The oldest that is kept of those at `fromSeq` or later. */
export async function oldestSnapshot(
  db: Queryable,
  domain: string,
  fromSeq: number,
): Promise<StoredSnapshot | undefined> {
  const { rows } = await db.query<StoredSnapshot>(
    `select seq, state::text as state, outstanding::text as outstanding from engine_snapshots
      where domain = $1 and seq >= $2 order by seq limit 1`,
    [domain, fromSeq],
    { deadlineMs: SNAPSHOT_DEADLINE_MS },
  );
  return rows[0];
}
