import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import type { Env } from '../../config/env.ts';
import { CodedError } from '../../config/errors.ts';
import type { Logger } from '../../config/logger.ts';
import type { SoftswitchSettingsInput } from '../../switch/index.ts';

const START_DEADLINE_MS = 20_000;
const STOP_DEADLINE_MS = 9_000;
/** How often it is looked whether the switch still runs, and the gap before a start that failed is tried again. */
const WATCH_EVERY_MS = 500;
const START_AGAIN_MS = 5_000;
const MAIN = join(import.meta.dirname, '../../switch/softswitch/main.ts');

const readyLine = z.object({
  ready: z.literal(true),
  pid: z.number().int(),
  ports: z.object({ eventSocket: z.number().int() }).loose(),
});
/** What is written down so that the next start finds a switch that still holds calls. */
const stateSchema = z.object({ pid: z.number().int(), eventPort: z.number().int(), password: z.string() });
type SwitchState = z.infer<typeof stateSchema>;

/** The embedded switch as this process knows it. */
export interface EmbeddedSwitch {
  readonly host: string;
  readonly eventPort: number;
  readonly password: string;
  /** True when it was running already and perhaps holds calls. */
  readonly adopted: boolean;
  /** Ends the switch with all its calls. Idempotent. */
  stop(): Promise<void>;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** True when an event socket greets at that port. */
function greets(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port, timeout: 2_000 });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (chunk) => end(chunk.includes('auth/request')));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}

/**
 * Starts the embedded switch as a process of its own, or finds the one that an earlier start left: when this process dies, calls go on,
 * and the next start takes them up again. Its password is made anew at each start and stands in a file that only we can read.
 */
export async function startEmbeddedSwitch(env: Env, directoryUrl: string, logger: Logger): Promise<EmbeddedSwitch> {
  mkdirSync(env.dataDir, { recursive: true });
  const statePath = join(env.dataDir, 'switch.json');
  const host = env.softswitch.host;
  const left = readState(statePath);
  if (left && isRunning(left.pid) && (await greets(host, left.eventPort))) {
    logger.info({ pid: left.pid }, 'the embedded switch is still there; its calls go on');
    return handle(left, true);
  }
  return handle(await launch(randomBytes(24).toString('base64url')), false);

  function handle(state: SwitchState, adopted: boolean): EmbeddedSwitch {
    return watched(host, state, statePath, adopted, logger, () => launch(state.password, state.eventPort));
  }

  /** At the same port with the same password after a crash, so that the link to it comes back by itself. */
  async function launch(password: string, eventPort?: number): Promise<SwitchState> {
    const settings = settingsOf(env, directoryUrl, password);
    if (eventPort !== undefined) settings.eventSocket = { ...settings.eventSocket, port: eventPort };
    const state = await spawnSwitch(env, settings);
    writeFileSync(statePath, JSON.stringify(state), { mode: 0o600 });
    return state;
  }
}

async function spawnSwitch(env: Env, settings: SoftswitchSettingsInput): Promise<SwitchState> {
  const log = openSync(join(env.dataDir, 'switch.log'), 'a', 0o640);
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    cwd: join(import.meta.dirname, '../..'),
    env: childEnvironment(settings),
    stdio: ['ignore', 'pipe', log],
    detached: true,
  });
  closeSync(log);
  const line = await firstLine(child);
  const ready = readyLine.safeParse(line);
  if (!ready.success) {
    const { code, message, ...fields } = (line ?? {}) as Record<string, string>;
    throw new CodedError('switch.not-started', { code, message, ...fields });
  }
  // Nothing more is read from it: a full pipe would block the switch, a closed one it tolerates.
  child.stdout?.destroy();
  child.unref();
  return {
    pid: ready.data.pid,
    eventPort: ready.data.ports.eventSocket,
    password: settings.eventSocket.password,
  };
}

function settingsOf(env: Env, directoryUrl: string, password: string): SoftswitchSettingsInput {
  const { softswitch } = env;
  return {
    eventSocket: { host: softswitch.host, port: softswitch.eventPort, password },
    sip: {
      host: softswitch.host,
      trunk: { port: softswitch.trunkPort, tcp: true, allowedSources: [...softswitch.trunkAllow] },
      agents: { port: softswitch.sipPort, tcp: true, wsPort: softswitch.wsPort, realm: env.sipDomain },
    },
    rtpPorts: [softswitch.rtpPorts.first, softswitch.rtpPorts.last],
    directory: { url: directoryUrl, username: 'switch', password: env.directorySecret },
    parking: { unattendedSec: 120, prompt: join(env.promptsDir, 'zh-CN', 'system-busy.wav') },
    soundsDir: env.promptsDir,
    musicDir: join(env.promptsDir, 'music'),
    recordingsDir: env.recordingsDir,
    logLevel: env.log.level,
  };
}

/** The child gets what a program needs to run, its settings, and none of our secrets. */
function childEnvironment(settings: SoftswitchSettingsInput): NodeJS.ProcessEnv {
  return { PATH: process.execPath.replace(/\/[^/]+$/, ''), TANDEM_SOFTSWITCH: JSON.stringify(settings) };
}

function readState(path: string): z.infer<typeof stateSchema> | undefined {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function firstLine(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new CodedError('switch.not-started', { why: 'no answer in time', deadlineMs: START_DEADLINE_MS }));
    }, START_DEADLINE_MS);
    const end = (value: unknown) => {
      clearTimeout(timer);
      resolve(value);
    };
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const at = text.indexOf('\n');
      if (at < 0 && text.length < 65_536) return;
      try {
        end(JSON.parse(text.slice(0, at)));
      } catch {
        end(undefined);
      }
    });
    child.once('exit', (code) => end({ code: `exit ${code}` }));
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(new CodedError('switch.not-started', {}, error));
    });
  });
}

/** Starts the switch again when it dies without being told to: its calls are lost, and new ones are taken. */
function watched(
  host: string,
  state: SwitchState,
  statePath: string,
  adopted: boolean,
  logger: Logger,
  startAgain: () => Promise<SwitchState>,
): EmbeddedSwitch {
  let { pid } = state;
  let stopping: Promise<void> | undefined;
  let starting: Promise<void> | undefined;
  let notBeforeMs = 0;
  const watch = setInterval(() => {
    if (stopping || starting || isRunning(pid) || Date.now() < notBeforeMs) return;
    logger.error({ pid }, 'the embedded switch died with its calls; it is started again');
    starting = startAgain()
      .then(
        (fresh) => {
          pid = fresh.pid;
          logger.info({ pid }, 'the embedded switch is back');
        },
        (error: unknown) => {
          notBeforeMs = Date.now() + START_AGAIN_MS;
          logger.error({ err: error }, 'the embedded switch did not start again');
        },
      )
      .finally(() => {
        starting = undefined;
      });
  }, WATCH_EVERY_MS);
  async function stop(): Promise<void> {
    clearInterval(watch);
    await starting;
    if (isRunning(pid)) process.kill(pid, 'SIGTERM');
    const deadlineMs = Date.now() + STOP_DEADLINE_MS;
    while (isRunning(pid) && Date.now() < deadlineMs) await new Promise((resolve) => setTimeout(resolve, 50));
    rmSync(statePath, { force: true });
  }
  return {
    host,
    eventPort: state.eventPort,
    password: state.password,
    adopted,
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}
