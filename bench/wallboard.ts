import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createRig } from '../acd/api/testing/rig.ts';
import { ENTRY_NUMBER } from '../acd/main/first-data.ts';
import type { ViewersMessage, ViewersPlan } from './wallboard-viewers.ts';

/**
 * From a change to every viewer of the wallboard: an agent's status is changed over the API while calls arrive all the time, and each
 * viewer notes when the first state with the change arrived. Options: --viewers 500 --changes 40 --calls 60.
 */
const VIEWERS_A_SESSION = 20;
const CHANGE_EVERY_MS = 250;
const CALL_EVERY_MS = 120;

function option(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
}
const viewers = option('viewers', 500);
const changes = option('changes', 40);
const calls = option('calls', 60);

const nowMs = () => performance.timeOrigin + performance.now();
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const rig = await createRig();
const agent = await rig.signedIn('wang');
await agent.ask('POST /shift');
const cookies: string[] = [];
for (let i = 0; i < Math.ceil(viewers / VIEWERS_A_SESSION); i++) cookies.push((await rig.signedIn('chen')).cookie);
for (let i = 0; i < calls; i++) call(i);

function call(n: number): string {
  return rig.control.callIn({ callerNumber: `139${String(10_000_000 + n)}`, dialedNumber: ENTRY_NUMBER });
}

const watching = fork(fileURLToPath(new URL('./wallboard-viewers.ts', import.meta.url)));
const next = () =>
  new Promise<ViewersMessage>((resolve) => watching.once('message', (message) => resolve(message as ViewersMessage)));
const ready = next();
watching.send({ url: rig.url, cookies, viewers } satisfies ViewersPlan);
await ready;
await pause(1_000);

let arrivals = calls;
const up: string[] = [];
const traffic = setInterval(() => {
  up.push(call(arrivals++));
  const oldest = up.length > 20 ? up.shift() : undefined;
  if (oldest) rig.control.phoneEnds(oldest);
}, CALL_EVERY_MS);

const tookMs: number[] = [];
let bytes = 0;
for (let i = 0; i < changes; i++) {
  const reason = ['meal', 'training'][i % 2] ?? 'meal';
  const seen = next();
  watching.send(`"breakReasonId":"${reason}"`);
  await pause(20);
  const startedMs = nowMs();
  await agent.ask('PUT /status', { body: { status: 'break', breakReasonId: reason } });
  const message = await Promise.race([seen, pause(5_000)]);
  if (message === undefined) break;
  const answer = message as ViewersMessage;
  if (answer.kind !== 'seen') continue;
  bytes = answer.bytes;
  for (const atMs of answer.atMs) tookMs.push(atMs - startedMs);
  await pause(CHANGE_EVERY_MS);
}
clearInterval(traffic);
watching.kill();
await rig.close();

tookMs.sort((a, b) => a - b);
const missed = viewers * changes - tookMs.length;
process.stdout.write(
  `${viewers} viewers, ${changes} changes, a state of ${Math.round(bytes / 1024)} KB; goal: 99 % within 250 ms. Peers poll: fusionpbx and qpanel every 1,000 ms or slower.\n`,
);
process.stdout.write(
  `${JSON.stringify({
    bench: 'wallboard',
    viewers,
    changes,
    missed,
    p50Ms: Math.round(percentile(tookMs, 0.5)),
    p99Ms: Math.round(percentile(tookMs, 0.99)),
    maxMs: Math.round(tookMs.at(-1) ?? 0),
  })}\n`,
);
process.exit(missed === 0 ? 0 : 1);
