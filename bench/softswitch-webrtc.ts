/**
 * How many WebRTC legs one process of the media part carries: two by two bridged, the browsers' side played by a second process.
 *
 *     node --import tsx bench/softswitch-webrtc.ts [legs=40] [seconds=8]
 */
import { fork } from 'node:child_process';
import { createMediaHost, type LegMedia } from '../switch/softswitch/media/index.ts';

const host = createMediaHost({
  host: '127.0.0.1',
  rtpPorts: process.argv[2] === 'load' ? [32_000, 33_999] : [30_000, 31_999],
});

async function leg(): Promise<LegMedia> {
  const made = await host.createLeg('webrtc');
  if (made.kind !== 'leg') throw new Error(made.detail);
  return made.leg;
}

async function untilReady(legs: readonly LegMedia[]): Promise<void> {
  while (!legs.every((one) => one.ready)) await new Promise((resolve) => setTimeout(resolve, 20));
}

interface Counted {
  readonly received: number;
  readonly lost: number;
  readonly jitterMs: number;
}

function count(legs: readonly LegMedia[]): Counted {
  const statistics = legs.map((one) => one.statistics());
  return {
    received: statistics.reduce((sum, one) => sum + one.packetsReceived, 0),
    lost: statistics.reduce((sum, one) => sum + one.packetsLost, 0),
    jitterMs: Math.max(...statistics.map((one) => one.jitterMs)),
  };
}

/** The browsers: answer each offer, speak all the time, and say in the end what arrived. */
function load(): void {
  const legs: LegMedia[] = [];
  process.on('message', async (message: { offer?: string; done?: true }) => {
    if (message.offer !== undefined) {
      const one = await leg();
      legs.push(one);
      const answer = await one.acceptOffer(message.offer);
      if (answer.kind === 'answer') process.send?.(answer.sdp);
      one.play(['tone_stream://%(200,0,440);loops=-1']);
    } else {
      process.send?.(count(legs));
      await host.close();
      process.disconnect();
    }
  });
}

async function main(): Promise<void> {
  const wanted = Number(process.argv[2] ?? 40);
  const seconds = Number(process.argv[3] ?? 8);
  const child = fork(import.meta.filename, ['load']);
  const next = <T>() => new Promise<T>((resolve) => child.once('message', (message) => resolve(message as T)));
  const legs: LegMedia[] = [];
  const startMs = performance.now();
  for (let i = 0; i < wanted; i += 1) {
    const one = await leg();
    legs.push(one);
    child.send({ offer: await one.createOffer() });
    const accepted = await one.acceptAnswer(await next<string>());
    if (accepted.kind !== 'accepted') throw new Error(accepted.detail);
  }
  await untilReady(legs);
  const setUpMs = (performance.now() - startMs) / wanted;
  for (let i = 0; i + 1 < legs.length; i += 2) host.bridge(legs[i]!, legs[i + 1]!);
  const cpu = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const used = process.cpuUsage(cpu);
  const near = count(legs);
  child.send({ done: true });
  const far = await next<Counted>();
  await host.close();
  console.log(
    JSON.stringify({
      bench: 'softswitch-webrtc',
      webrtcLegs: wanted,
      seconds,
      setUpMs: Math.round(setUpMs),
      packets: far.received,
      lossPercent: Number((((near.lost + far.lost) * 100) / (near.received + far.received)).toFixed(3)),
      jitterMaxMs: Number(far.jitterMs.toFixed(2)),
      cpuPercent: Math.round((used.user + used.system) / (seconds * 10_000)),
    }),
  );
}

await (process.argv[2] === 'load' ? load() : main());
