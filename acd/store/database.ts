/**
 * The one SQL port. Two backings implement it: PGlite in a worker thread (`openPglite`) and PostgreSQL 15 or newer (`openPostgres`).
 *
 * Types on both: `bigint` and `timestamptz` are read as numbers (`timestamptz` as milliseconds since 1970, whole); `numeric` as a string;
 * `json` and `jsonb` parsed. Instants are written as `Date` (see `instant`), JSON as text with a cast (`$1::jsonb`).
 */

/** What may be bound to a parameter. Arrays bind to SQL arrays, for `unnest` and `= any($1)`. */
export type SqlValue =
  | string
  | number
  | boolean
  | null
  | Date
  | readonly string[]
  | readonly number[]
  | readonly (string | null)[]
  | readonly Date[];

export interface QueryResult<Row> {
  readonly rows: readonly Row[];
  /** Rows changed by INSERT, UPDATE or DELETE. */
  readonly changed: number;
}

export interface QueryOptions {
  /** How long the statement may take, ms. Default {@link DEFAULT_STATEMENT_DEADLINE_MS}. */
  readonly deadlineMs?: number;
}

/** How long a statement may take unless it says otherwise, ms. */
export const DEFAULT_STATEMENT_DEADLINE_MS = 10_000;

export interface Queryable {
  /**
   * Runs one statement. `Row` is what the caller selects; the repositories are the only callers, beside their SQL.
   * Throws `store.unavailable` when the database is away or does not answer in time (the outcome is unknown then),
   * `store.conflict` for a broken unique, foreign key or check constraint (`fields.constraint`), `store.statement` for anything else.
   */
  query<Row = Record<string, unknown>>(
    sql: string,
    parameters?: readonly SqlValue[],
    options?: QueryOptions,
  ): Promise<QueryResult<Row>>;
}

export interface Database extends Queryable {
  readonly kind: 'pglite' | 'postgres';
  /** True when no other process can have this database open; leases can be seized at once then. */
  readonly exclusive: boolean;
  /** Commits what `work` did, or nothing of it when `work` throws. Don't query the database itself inside: use what is passed in. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** Idempotent. Statements under way end; later ones fail with `store.unavailable`. */
  close(): Promise<void>;
}

/** Binds an instant given in milliseconds since 1970. */
export function instant(ms: number): Date {
  return new Date(ms);
}

/** As {@link instant}, for a column that may be empty. */
export function instantOrNull(ms: number | undefined): Date | null {
  return ms === undefined ? null : new Date(ms);
}
