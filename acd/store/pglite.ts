import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CodedError } from '../../config/errors.ts';
import {
  type Database,
  DEFAULT_STATEMENT_DEADLINE_MS,
  type Queryable,
  type QueryOptions,
  type QueryResult,
  type SqlValue,
} from './database.ts';
import { lockFolder } from './folder-lock.ts';
import { storeFault } from './sql-faults.ts';

interface Answer {
  readonly id: number;
  readonly rows?: readonly unknown[];
  readonly changed?: number;
  readonly fault?: { readonly code: string };
}

type Request =
  | { readonly kind: 'query'; readonly sql: string; readonly parameters: readonly SqlValue[] }
  | { readonly kind: 'close' };

/**
 * The embedded database in `folder/pg`, or in memory without a folder. The folder is locked first: PGlite itself has no lock and two
 * processes would lose rows silently (`data-dir.locked`). What was acknowledged survives the end of the process (kill -9); against
 * a loss of power use PostgreSQL, since PGlite leaves the last writes to the system's cache. Statements run one after another; a transaction holds its place until it ends.
 */
export async function openPglite(options: { readonly folder?: string }): Promise<Database> {
  const { folder } = options;
  if (folder !== undefined) await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = folder === undefined ? undefined : await lockFolder(folder);
  try {
    const channel = await startWorker(folder === undefined ? undefined : join(folder, 'pg'));
    return database(channel, async () => lock?.release());
  } catch (fault) {
    await lock?.release();
    throw fault;
  }
}

/** The worker, seen as a function from request to answer. */
interface WorkerChannel {
  send(request: Request): Promise<Answer>;
  stop(): Promise<void>;
}

async function startWorker(dataDir: string | undefined): Promise<WorkerChannel> {
  const worker = new Worker(new URL('./pglite-worker.mjs', import.meta.url), {
    workerData: { folder: dataDir },
    execArgv: [],
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  let lastId = 0;
  let dead = false;
  await new Promise<void>((resolve, reject) => {
    const fail = (cause: unknown) => reject(new CodedError('store.unavailable', { reason: 'embedded' }, cause));
    worker.once('message', (message: { kind: string; message?: string }) =>
      message.kind === 'ready' ? resolve() : fail(message.message),
    );
    worker.once('error', fail);
    worker.once('exit', fail);
  });
  worker.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  // An 'error' is always followed by 'exit', where everything that waits is told.
  worker.on('error', () => {});
  worker.on('exit', () => {
    dead = true;
    for (const [id, settle] of waiting) settle({ id, fault: { code: '08006' } });
    waiting.clear();
  });
  return {
    send(request) {
      const id = ++lastId;
      if (dead) return Promise.resolve({ id, fault: { code: '08006' } });
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        worker.postMessage({ id, ...request });
      });
    },
    async stop() {
      await worker.terminate();
    },
  };
}

function database(channel: WorkerChannel, released: () => Promise<void>): Database {
  let turn: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;

  /** Runs `work` when everything asked for earlier has ended. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
  }

  async function run<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<QueryResult<Row>> {
    const answer = await channel.send({ kind: 'query', sql, parameters });
    if (answer.fault) throw storeFault(answer.fault);
    return { rows: answer.rows as readonly Row[], changed: answer.changed ?? 0 };
  }

  function refuseWhenClosed(): void {
    if (closing) throw new CodedError('store.unavailable', { reason: 'closed' });
  }

  return {
    kind: 'pglite',
    exclusive: true,
    async query<Row>(sql: string, parameters?: readonly SqlValue[], options: QueryOptions = {}) {
      refuseWhenClosed();
      return withDeadline(
        inTurn(() => run<Row>(sql, parameters)),
        options.deadlineMs,
      );
    },
    async transaction(work) {
      refuseWhenClosed();
      return inTurn(async () => {
        await run('begin');
        try {
          const result = await work({
            query: (sql, parameters, options) => withDeadline(run(sql, parameters), options?.deadlineMs),
          } as Queryable);
          await run('commit');
          return result;
        } catch (fault) {
          await run('rollback').catch(() => {});
          throw fault;
        }
      });
    },
    close() {
      closing ??= inTurn(async () => {
        await channel.send({ kind: 'close' });
        await channel.stop();
        await released();
      });
      return closing;
    },
  };
}

/** The embedded database can't be interrupted: the caller is told in time, and the statement keeps its place until it ends. */
async function withDeadline<T>(work: Promise<T>, deadlineMs = DEFAULT_STATEMENT_DEADLINE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CodedError('store.unavailable', { deadlineMs })), deadlineMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
