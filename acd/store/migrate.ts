import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { CodedError } from '../../config/errors.ts';
import type { Database, Queryable } from './database.ts';

/** One forward step of the schema: a file `NNNN_name.sql`. A step that was ever released is never edited. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

const FOLDER = new URL('./migrations/', import.meta.url);

/** Key of the advisory lock under which the schema is changed: "tandem" read as bytes. */
const LOCK_KEY = 0x74_61_6e_64_65_6d;

/** How long one step may take, ms: a large table may be rewritten. */
const STEP_DEADLINE_MS = 600_000;

/** The steps that belong to this program, in order. */
export async function listMigrations(): Promise<readonly Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => /^\d{4}_[a-z0-9-]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, FOLDER), 'utf8');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return { version: Number(name.slice(0, 4)), name: name.slice(5, -4), sql, checksum };
    }),
  );
}

/**
 * Brings the database to this program's version, each step with its record in one transaction. Several processes may start at once:
 * they wait for each other. Throws `store.migration` when the database is newer than the program, or a step that was applied differs.
 */
export async function migrate(
  database: Database,
  migrations?: readonly Migration[],
): Promise<{ readonly applied: number }> {
  const steps = migrations ?? (await listMigrations());
  await database.transaction(async (tx) => {
    await lock(tx);
    await tx.query(`create table if not exists schema_migrations (
      version integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`);
  });
  let applied = 0;
  while (await applyNext(database, steps)) applied++;
  return { applied };
}

async function lock(tx: Queryable): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1::bigint)', [LOCK_KEY], { deadlineMs: STEP_DEADLINE_MS });
}

async function applyNext(database: Database, steps: readonly Migration[]): Promise<boolean> {
  return database.transaction(async (tx) => {
    await lock(tx);
    const { rows } = await tx.query<{ version: number; checksum: string }>(
      'select version, checksum from schema_migrations order by version',
    );
    const newest = steps.at(-1)?.version ?? 0;
    for (const row of rows) {
      const step = steps.find((candidate) => candidate.version === row.version);
      if (!step || step.checksum !== row.checksum) {
        throw new CodedError('store.migration', { database: row.version, program: newest });
      }
    }
    const next = steps.find((step) => !rows.some((row) => row.version === step.version));
    if (!next) return false;
    for (const statement of splitStatements(next.sql)) {
      await tx.query(statement, [], { deadlineMs: STEP_DEADLINE_MS });
    }
    await tx.query('insert into schema_migrations (version, name, checksum) values ($1, $2, $3)', [
      next.version,
      next.name,
      next.checksum,
    ]);
    return true;
  });
}

/** Cuts a script at the semicolons that end a line, leaving comments out. Our steps have no semicolon elsewhere at a line's end. */
export function splitStatements(sql: string): readonly string[] {
  return sql
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('--'))
    .join('\n')
    .split(/;[ \t]*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
