export * from './database.ts';
export { migrate } from './migrate.ts';
export { openDatabase } from './open-database.ts';
export { openPglite } from './pglite.ts';
export { openPostgres } from './postgres.ts';
