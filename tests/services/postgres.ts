import { execFile, type SpawnOptions, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';

const run = promisify(execFile);
const BIN = '/usr/lib/postgresql/15/bin';

/** A PostgreSQL 15 of our own on loopback, for one test file. */
export interface PostgresServer {
  readonly port: number;
  /** Makes an empty database and answers its connection string. */
  createDatabase(name?: string): Promise<string>;
  /** Starts it again after `halt`, on the same port and data. */
  start(): Promise<void>;
  /** Stops it at once, connections included, as a machine that is gone. */
  halt(): Promise<void>;
  /** Stops it and removes its files. */
  close(): Promise<void>;
}

/**
 * Starts the server in a temporary folder, as user postgres when we are root, since it refuses to run as root.
 * A missing PostgreSQL fails the run: tests that silently leave it out would prove nothing.
 */
export async function startPostgres(): Promise<PostgresServer> {
  if (!existsSync(join(BIN, 'postgres'))) {
    throw new Error(`PostgreSQL 15 is not installed (${BIN}). Install it with: apt-get install postgresql-15`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'tandem-postgres-'));
  const data = join(folder, 'data');
  const port = await freePort();
  const asRoot = process.getuid?.() === 0;
  if (asRoot) await run('chown', ['postgres', folder]);
  await chmod(folder, 0o700);
  const command = (name: string, args: readonly string[]): [string, string[]] =>
    asRoot
      ? ['setpriv', ['--reuid', 'postgres', '--regid', 'postgres', '--init-groups', join(BIN, name), ...args]]
      : [join(BIN, name), [...args]];
  const inFolder: SpawnOptions = { cwd: folder };

  await run(
    ...command('initdb', ['-D', data, '-U', 'postgres', '--auth=trust', '-E', 'UTF8', '--no-locale', '--no-sync']),
    {
      cwd: folder,
    },
  );
  let server: ReturnType<typeof spawn> | undefined;
  let databases = 0;

  async function start(): Promise<void> {
    const settings = [
      'listen_addresses=127.0.0.1',
      `port=${port}`,
      `unix_socket_directories=${folder}`,
      'shared_buffers=16MB',
    ];
    const child = spawn(...command('postgres', ['-D', data, ...settings.flatMap((s) => ['-c', s])]), {
      ...inFolder,
      stdio: 'ignore',
    });
    server = child;
    for (let attempt = 0; ; attempt++) {
      if (child.exitCode !== null) throw new Error(`PostgreSQL ended with ${child.exitCode} while starting`);
      try {
        await run(join(BIN, 'psql'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-c', 'select 1']);
        return;
      } catch (fault) {
        if (attempt === 200) throw fault;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  async function halt(): Promise<void> {
    const child = server;
    server = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    // PostgreSQL's "immediate shutdown": no goodbye to its clients, recovery at the next start.
    child.kill('SIGQUIT');
    await ended;
  }

  const process_exit = () => server?.kill('SIGQUIT');
  process.once('exit', process_exit);
  await start();
  return {
    port,
    start,
    halt,
    async createDatabase(name = `test_${++databases}`) {
      const psql = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-c', `create database ${name}`];
      await run(join(BIN, 'psql'), psql);
      return `postgres://postgres@127.0.0.1:${port}/${name}`;
    },
    async close() {
      process.off('exit', process_exit);
      await halt();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
