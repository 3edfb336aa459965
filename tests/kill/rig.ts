import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openPostgres } from '../../acd/store/index.ts';
import { silentLogger } from '../../config/logger.ts';
import { configure } from '../load/agents.ts';
import { type Person, seedPeople } from '../load/people.ts';
import { startSwitch } from '../load/switch-process.ts';
import { freePort } from '../services/free-port.ts';
import { startPostgres } from '../services/postgres.ts';
import { Front } from './front.ts';
import { CenterNode } from './node.ts';

const ROOT = join(import.meta.dirname, '../..');
const PROMPTS = join(ROOT, 'config/prompts');
const PASSWORD = 'kill-test-event-socket';
const DIRECTORY_SECRET = 'kill-test-directory';

/** A switch, a database, and centers that can be killed. */
export interface Rig {
  readonly url: string;
  readonly trunk: string;
  readonly agents: string;
  readonly db: Database;
  readonly people: readonly Person[];
  /** Kills the center that routes; answers when, ms since 1970, and the epoch that it routed in. */
  kill(): Promise<{ readonly atMs: number; readonly epoch: number }>;
  /** Starts what was killed, and waits until it can be killed again. */
  repair(): Promise<void>;
  log(): string;
  /** Kills both centers at once, when there is no time for more. */
  abandon(): void;
  close(): Promise<void>;
}

/** Two centers on one PostgreSQL and one switch: one routes, the other stands by. */
export async function openPair(agents: number): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-kill-'));
  const postgres = await startPostgres();
  const url = await postgres.createDatabase();
  const { people, admin } = await seedPeople({ url, dataDir: folder }, agents);
  const httpPorts = [await freePort(), await freePort()] as const;
  const front = await Front.open(httpPorts);
  const recordingsDir = join(folder, 'recordings');
  const softswitch = await startSwitch({
    eventSocket: { host: '127.0.0.1', port: 0, password: PASSWORD },
    sip: { host: '127.0.0.1', trunk: { port: 0 }, agents: { port: 0, realm: 'tandem.local' } },
    rtpPorts: [40_000, 41_999],
    directory: { url: `${front.url}/switch/directory`, username: 'switch', password: DIRECTORY_SECRET },
    soundsDir: PROMPTS,
    musicDir: join(PROMPTS, 'music'),
    recordingsDir,
    dieWithParent: true,
  });
  const { eventSocket, trunk, agents: agentsPort } = softswitch.ports;
  const nodes = httpPorts.map(
    (port, index) =>
      new CenterNode(`center-${index + 1}`, port, {
        PATH: process.env.PATH ?? '',
        HOME: folder,
        DATA_DIR: join(folder, `data-${index + 1}`),
        RECORDINGS_DIR: recordingsDir,
        DATABASE_URL: url,
        FREESWITCH_HOSTS: `127.0.0.1:${eventSocket}`,
        FREESWITCH_PASSWORD: PASSWORD,
        FREESWITCH_TRUNK_ADDRESS: `127.0.0.1:${trunk}`,
        DIRECTORY_SECRET,
        SEED_DEMO: 'false',
        LEASE_SECONDS: '1',
        LOG_PRETTY: 'false',
        SHUTDOWN_GRACE_SECONDS: '0',
      }),
  );
  const [first, second] = nodes as [CenterNode, CenterNode];
  const db = openPostgres({ url, logger: silentLogger, maxConnections: 4 });
  let owner = first;
  let standby = second;
  owner.start();
  await owner.until('isReady');
  standby.start();
  await standby.until('isStandingBy');
  await configure(front.url, admin, people, 2_000);
  return {
    url: front.url,
    trunk: `127.0.0.1:${trunk}`,
    agents: `127.0.0.1:${agentsPort}`,
    db,
    people,
    async kill() {
      const { rows } = await db.query<{ epoch: number }>("select epoch from leases where name not like '% standby'");
      const atMs = Date.now();
      await owner.end('SIGKILL');
      return { atMs, epoch: rows[0]?.epoch ?? 0 };
    },
    async repair() {
      owner.start();
      [owner, standby] = [standby, owner];
      await owner.until('isReady');
      await standby.until('isStandingBy');
    },
    log: () => nodes.map((node) => `== ${node.name}\n${node.log}`).join('\n'),
    abandon() {
      for (const node of nodes) void node.end('SIGKILL');
    },
    async close() {
      for (const node of nodes) await node.end('SIGTERM');
      await front.close();
      await softswitch.close();
      await db.close();
      await postgres.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
