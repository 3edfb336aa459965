import { afterAll, beforeAll, describe } from 'vitest';
import { type Database, migrate, openPglite, openPostgres } from '../../acd/store/index.ts';
import { silentLogger } from '../../config/logger.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';

/** Runs the same tests on an embedded database in memory and on a real PostgreSQL, each with the whole schema. */
export function describeOnBothDatabases(title: string, tests: (database: () => Database) => void): void {
  describe(`${title} (PGlite)`, () => {
    let database: Database;
    beforeAll(async () => {
      database = await openPglite({});
      await migrate(database);
    });
    afterAll(() => database?.close());
    tests(() => database);
  });

  describe(`${title} (PostgreSQL)`, () => {
    let server: PostgresServer;
    let database: Database;
    beforeAll(async () => {
      server = await startPostgres();
      database = openPostgres({ url: await server.createDatabase(), logger: silentLogger });
      await migrate(database);
    });
    afterAll(async () => {
      await database?.close();
      await server?.close();
    });
    tests(() => database);
  });
}
