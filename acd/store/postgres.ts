import pg from 'pg';
import { CodedError } from '../../config/errors.ts';
import type { Logger } from '../../config/logger.ts';
import {
  type Database,
  DEFAULT_STATEMENT_DEADLINE_MS,
  type Queryable,
  type QueryOptions,
  type QueryResult,
  type SqlValue,
} from './database.ts';
import { storeFault } from './sql-faults.ts';

const OID = { int8: 20, timestamptz: 1184, json: 114, jsonb: 3802 } as const;

/** Values come as {@link Database} promises them: whole numbers for `bigint`, milliseconds for `timestamptz`. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === OID.int8) return (text: string) => Number(text);
    const parse = pg.types.getTypeParser(oid, format as 'text');
    if (oid === OID.timestamptz) return (text: string) => (parse(text) as Date).getTime();
    return parse;
  },
};

/** How much longer than the server's own limit the client waits before it gives a connection up, ms. */
const CLIENT_GRACE_MS = 1_000;

/**
 * PostgreSQL by connection string. Connects lazily and again after a loss; while it is away every statement fails with `store.unavailable`.
 * The deadline is set on the server (`statement_timeout`) and, should the server be mute, on the client a second later.
 */
export function openPostgres(options: {
  readonly url: string;
  readonly logger: Logger;
  /** At most this many connections, default 10. */
  readonly maxConnections?: number;
  /**
   * Commits answer before the server's log is on the disk. The log is one: the next durable commit of anybody takes them along. For records
   * beside the calls, while the journal stays durable. Default false.
   */
  readonly lazyCommits?: boolean;
}): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: DEFAULT_STATEMENT_DEADLINE_MS,
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'tandem',
    ...(options.lazyCommits ? { options: '-c synchronous_commit=off' } : {}),
    types,
  });
  // A connection that breaks says so here, idle or in use; without a listener the process would end.
  pool.on('error', (error) => options.logger.warn({ err: error }, 'database connection lost'));
  pool.on('connect', (client) => client.on('error', () => {}));
  let closed = false;

  async function connect(): Promise<pg.PoolClient> {
    if (closed) throw new CodedError('store.unavailable', { reason: 'closed' });
    try {
      return await pool.connect();
    } catch (fault) {
      throw storeFault(fault);
    }
  }

  return {
    kind: 'postgres',
    exclusive: false,
    async query<Row>(sql: string, parameters: readonly SqlValue[] = [], queryOptions: QueryOptions = {}) {
      const client = await connect();
      try {
        const result = await runOn<Row>(client, sql, parameters, queryOptions);
        client.release();
        return result;
      } catch (fault) {
        client.release(isBroken(fault));
        throw fault;
      }
    },
    async transaction(work) {
      const client = await connect();
      let broken = false;
      try {
        await runOn(client, 'begin', []);
        const result = await work({
          query: (sql, parameters, o) => runOn(client, sql, parameters ?? [], o),
        } as Queryable);
        await runOn(client, 'commit', []);
        return result;
      } catch (fault) {
        broken = isBroken(fault) || !(await rolledBack(client));
        throw fault;
      } finally {
        client.release(broken);
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      await pool.end();
    },
  };
}

async function runOn<Row>(
  client: pg.PoolClient,
  sql: string,
  parameters: readonly SqlValue[],
  options: QueryOptions = {},
): Promise<QueryResult<Row>> {
  const deadlineMs = options.deadlineMs ?? DEFAULT_STATEMENT_DEADLINE_MS;
  const isLong = deadlineMs > DEFAULT_STATEMENT_DEADLINE_MS;
  try {
    if (isLong) await client.query(`set statement_timeout to ${deadlineMs}`);
    const result = await client.query<Row & pg.QueryResultRow>({
      text: sql,
      values: [...parameters],
      // Read by the driver, missing in its types: rejects here when nothing came back in time.
      query_timeout: deadlineMs >= DEFAULT_STATEMENT_DEADLINE_MS ? deadlineMs + CLIENT_GRACE_MS : deadlineMs,
    } as pg.QueryConfig);
    if (isLong) await client.query(`set statement_timeout to ${DEFAULT_STATEMENT_DEADLINE_MS}`);
    return { rows: result.rows, changed: result.rowCount ?? 0 };
  } catch (fault) {
    // The longer limit must not stay on the connection; within a transaction the rollback takes it back.
    if (isLong) await client.query(`set statement_timeout to ${DEFAULT_STATEMENT_DEADLINE_MS}`).catch(() => {});
    throw storeFault(fault);
  }
}

/** After a lost or mute connection, nothing more can be done on it; it leaves the pool. */
function isBroken(fault: unknown): boolean {
  return fault instanceof CodedError && fault.code === 'store.unavailable';
}

async function rolledBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    return false;
  }
}
