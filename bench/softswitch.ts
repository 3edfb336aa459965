/**
 * How much one process of the embedded switch carries: bridged G.711 calls with stereo recording, more and more until over 0.1 % of the
 * packets are lost; then calls from a plain phone to a page's phone (WebRTC), recorded too. Phones and pages are processes of their own.
 *
 *     npm run -s bench:softswitch [-- --calls 50,100,150 --legs 10,20,40 --seconds 10]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../config/clock.ts';
import { EventSocketConnection } from '../switch/event-socket/index.ts';
import { type RunningSwitch, startSwitch } from '../tests/load/switch-process.ts';
import type { Browsers, BrowsersAsk } from './softswitch-browsers.ts';
import type { CallersAsk, Heard } from './softswitch-callers.ts';

const MOST_LOSS_PERCENT = 0.1;
const PASSWORD = 'bench-event-socket';
const USERS = 200;
const DEADLINE_MS = 30_000;
/** Clock ticks a second of /proc on Linux. */
const TICKS = 100;

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '50,100,150,200,250,300,350,400' },
    legs: { type: 'string', default: '10,20,30,40,50,60,70,80,100' },
    seconds: { type: 'string', default: '10' },
  },
});
const steps = (text: string) => text.split(',').map(Number);
const seconds = Number(values.seconds);
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

interface Bench {
  readonly switchPid: number;
  readonly wsPort: number;
  readonly folder: string;
  readonly callers: ChildProcess;
  readonly events: EventSocketConnection;
}

function next<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`a process of the bench ended with ${code}`));
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      resolve(message as T);
    });
  });
}

async function withSwitch(work: (bench: Bench) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
  const callers = fork(join(import.meta.dirname, 'softswitch-callers.ts'));
  const port = await next<number>(callers);
  let running: RunningSwitch | undefined;
  try {
    running = await startSwitch({
      eventSocket: { host: '127.0.0.1', port: 0, password: PASSWORD },
      sip: { host: '127.0.0.1', trunk: { port: 0 }, agents: { port: 0, wsPort: 0, realm: 'tandem.local' } },
      rtpPorts: [24_000, 27_999],
      gateways: [{ name: 'load', host: '127.0.0.1', port }],
      directory: { users: Array.from({ length: USERS }, (_, i) => ({ name: `web${i}`, password: 'bench' })) },
      limits: { maxSessions: 4_000, sessionsPerSecond: 1_000 },
      recordingsDir: folder,
      dieWithParent: true,
    });
    const events = await EventSocketConnection.open({
      host: '127.0.0.1',
      port: running.ports.eventSocket,
      password: PASSWORD,
      clock: systemClock,
      openDeadlineMs: 5_000,
      onEvent: () => undefined,
      onClosed: () => undefined,
    });
    await events.command('event plain BACKGROUND_JOB', DEADLINE_MS);
    await work({ switchPid: running.pid, wsPort: running.ports.agentsWs ?? 0, folder, callers, events });
    events.close();
  } finally {
    callers.kill();
    await running?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Calls `to`, joins a phone of the load to it, and records both. */
async function call({ events, folder }: Bench, to: string): Promise<void> {
  const id = randomUUID();
  const made = await events.bgapi(
    `originate {origination_uuid=${id}}${to} &bridge(sofia/gateway/load/${Math.floor(Math.random() * 1e6)})`,
    DEADLINE_MS,
  );
  if (!made.ok) throw new Error(`no call: ${made.text}`);
  const recorded = await events.api(`uuid_record ${id} start ${join(folder, `${id}.wav`)}`, DEADLINE_MS);
  if (!recorded.ok) throw new Error(`no recording: ${recorded.text}`);
}

/** Processor time that the switch has used, seconds. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

async function listen(bench: Bench): Promise<Heard & { readonly lossPercent: number; readonly cpuPercent: number }> {
  await sleep(1_500);
  const before = processorSeconds(bench.switchPid);
  bench.callers.send('speak' satisfies CallersAsk);
  await sleep(seconds * 1_000);
  const cpuPercent = Math.round(((processorSeconds(bench.switchPid) - before) / seconds) * 100);
  bench.callers.send('quiet' satisfies CallersAsk);
  const heard = await next<Heard>(bench.callers);
  return { ...heard, cpuPercent, lossPercent: (heard.sent - heard.received) * (100 / Math.max(1, heard.sent)) };
}

const best = { bridgedCalls: 0, webrtcLegs: 0, lossPercent: 0, jitterP99Ms: 0 };
const round = (value: number, digits: number) => Number(value.toFixed(digits));

await withSwitch(async (bench) => {
  let up = 0;
  for (const wanted of steps(values.calls)) {
    for (; up < wanted; up++) await call(bench, `sofia/gateway/load/${up}`);
    const { lossPercent, jitterP99Ms, delayP50Ms, delayP99Ms, cpuPercent } = await listen(bench);
    console.log(
      `${String(up).padStart(4)} bridged and recorded calls: loss ${lossPercent.toFixed(3)} %, jitter added p99 ${jitterP99Ms.toFixed(1)} ms, ` +
        `delay p50 ${delayP50Ms.toFixed(1)} p99 ${delayP99Ms.toFixed(1)} ms, switch ${cpuPercent} % of a core`,
    );
    if (lossPercent > MOST_LOSS_PERCENT) break;
    best.bridgedCalls = up;
    best.lossPercent = round(lossPercent, 3);
    best.jitterP99Ms = round(jitterP99Ms, 1);
  }
});

await withSwitch(async (bench) => {
  const browsers = fork(join(import.meta.dirname, 'softswitch-browsers.ts'));
  await next(browsers);
  const ask = <T>(what: BrowsersAsk) => {
    browsers.send(what);
    return next<T>(browsers);
  };
  let up = 0;
  try {
    for (const wanted of steps(values.legs)) {
      for (; up < wanted; up++) {
        await ask({ port: bench.wsPort, user: `web${up}`, password: 'bench' });
        await call(bench, `user/web${up}@tandem.local`);
      }
      const before = await ask<Browsers>('report');
      const { sent, cpuPercent } = await listen(bench);
      const after = await ask<Browsers>('report');
      const [received, lost] = [after.received - before.received, after.lost - before.lost];
      const lossPercent = (lost * 100) / Math.max(1, received + lost);
      console.log(
        `${String(up).padStart(4)} WebRTC legs (${after.legs} with sound): loss ${lossPercent.toFixed(3)} % of ${received}, ` +
          `largest jitter ${after.jitterMs.toFixed(1)} ms, phones sent ${sent}, switch ${cpuPercent} % of a core`,
      );
      if (lossPercent > MOST_LOSS_PERCENT || after.legs < up || received < sent * (1 - MOST_LOSS_PERCENT / 100)) break;
      best.webrtcLegs = up;
    }
  } finally {
    browsers.kill();
  }
});

console.log(JSON.stringify({ bench: 'softswitch', ...best }));
process.exit(0);
