import { CodedError } from '../../config/errors.ts';
import type { Logger } from '../../config/logger.ts';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

/** The oldest PostgreSQL that is supported, as `server_version_num` has it. */
const OLDEST_SERVER = 150_000;

/**
 * Opens the database and brings its schema up to date: PostgreSQL when a `url` is given, else the embedded one in `dataDir`.
 * Throws `data-dir.locked`, `store.unavailable` or `store.migration`; nothing stays open then.
 */
export async function openDatabase(options: {
  readonly url?: string | undefined;
  readonly dataDir: string;
  readonly logger: Logger;
}): Promise<Database> {
  const database =
    options.url === undefined
      ? await openPglite({ folder: options.dataDir })
      : openPostgres({ url: options.url, logger: options.logger });
  try {
    const { rows } = await database.query<{ version: string }>(
      "select current_setting('server_version_num') as version",
    );
    const server = Number(rows[0]?.version);
    if (!(server >= OLDEST_SERVER)) throw new CodedError('store.migration', { server, oldest: OLDEST_SERVER });
    const { applied } = await migrate(database);
    options.logger.info({ kind: database.kind, server, applied }, 'database ready');
    return database;
  } catch (fault) {
    await database.close();
    throw fault;
  }
}
