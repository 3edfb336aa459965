import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { switchUnderTest } from '../freeswitch/switch-under-test.ts';
import { freePort } from '../services/free-port.ts';

const ROOT = join(import.meta.dirname, '../..');
const START_MS = 120_000;

/**
 * A whole contact center as `npm start` runs it, on ports and a folder of its own: with the embedded switch, or beside the FreeSWITCH of
 * tests/freeswitch when `TEST_SWITCH` is `freeswitch`.
 */
export interface Center {
  readonly url: string;
  readonly trunk: string;
  readonly agents: string;
  readonly dataDir: string;
  readonly pid: number;
  /** What it wrote so far. */
  log(): string;
  /** Kills it without a word; the embedded switch lives on. */
  kill(): Promise<void>;
  /** Asks it to end (SIGTERM) and gives its exit code. */
  terminate(): Promise<number | null>;
  /** The embedded switch's process. */
  switchPid(): number;
  /** Starts it again on the same folder and ports. */
  restart(): Promise<void>;
  /** Ends it and the switch in order, and removes its folder. */
  close(): Promise<void>;
}

/** Runs the server's program to its end with just these variables, for starts that are refused. */
export async function runToItsEnd(
  environment: Readonly<Record<string, string>>,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'acd/main/index.ts'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', LOG_PRETTY: 'false', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  return { code, said };
}

/**
 * @param prepare fills the data folder before the first start
 * @param nodeArguments for Node itself, e.g. to take a profile
 */
export async function startCenter(
  environment: Readonly<Record<string, string>> = {},
  prepare?: (dataDir: string) => Promise<unknown>,
  nodeArguments: readonly string[] = [],
): Promise<Center> {
  const there = process.env.TEST_SWITCH === 'freeswitch' ? switchUnderTest() : undefined;
  const dataDir = mkdtempSync(join(tmpdir(), 'tandem-center-'));
  await prepare?.(dataDir);
  const [http, sip, trunk, ws, event] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: dataDir,
    DATA_DIR: dataDir,
    HTTP_PORT: String(http),
    SOFTSWITCH_SIP_PORT: String(sip),
    SOFTSWITCH_TRUNK_PORT: String(trunk),
    SOFTSWITCH_WS_PORT: String(ws),
    SOFTSWITCH_EVENT_PORT: String(event),
    SEED_DEMO: 'true',
    LOG_LEVEL: 'info',
    LOG_PRETTY: 'false',
    SHUTDOWN_GRACE_SECONDS: '2',
    ...there?.environment,
    ...environment,
  };
  const url = `http://127.0.0.1:${env.HTTP_PORT}`;
  let log = '';
  let child: ChildProcess;

  async function start(): Promise<void> {
    child = spawn(process.execPath, [...nodeArguments, '--import', 'tsx', 'acd/main/index.ts'], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        log = (log + chunk.toString('utf8')).slice(-400_000);
      });
    }
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline) {
      if (child.exitCode !== null) throw new Error(`the center ended at its start:\n${log.slice(-4_000)}`);
      const ready = await fetch(`${url}/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      );
      if (ready) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await end('SIGKILL');
    throw new Error(`the center was not ready in time:\n${log.slice(-4_000)}`);
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
    await gone;
    clearTimeout(timer);
  }

  await start();
  return {
    url,
    trunk: there?.trunk ?? `127.0.0.1:${trunk}`,
    agents: there?.agents ?? `127.0.0.1:${sip}`,
    dataDir,
    get pid() {
      return child.pid ?? 0;
    },
    log: () => log,
    kill: () => end('SIGKILL'),
    async terminate() {
      await end('SIGTERM');
      return child.exitCode;
    },
    switchPid: () => (JSON.parse(readFileSync(join(dataDir, 'switch.json'), 'utf8')) as { pid: number }).pid,
    restart: start,
    async close() {
      await end('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
