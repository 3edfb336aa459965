/**
 * How many bridged, recorded G.711 calls the media part carries in one process. The load comes from a second process, which also measures
 * what arrives: loss by sequence number, delay added by the send time that rides in the payload.
 *
 *     node --import tsx bench/softswitch-media.ts [calls=150] [seconds=10]
 */
import { fork } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyRtpHead, readRtp, Ticker, writeRtpHead } from '../media/index.ts';
import { createMediaHost } from '../switch/softswitch/media/index.ts';

const PACKET_BYTES = 172;

async function socketOnLoopback(): Promise<Socket> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  socket.setRecvBufferSize(1024 * 1024);
  return socket;
}

/** The load: phones that send every 20 ms, spread over the 20 ms, and take the time of what they get. */
async function load(): Promise<void> {
  const ports: number[] = [];
  const sockets: Socket[] = [];
  const delays: number[] = [];
  let received = 0;
  let sent = 0;
  const head = emptyRtpHead();
  const phones = Number(process.argv[3]);
  for (let i = 0; i < phones; i += 1) {
    const socket = await socketOnLoopback();
    socket.on('message', (bytes) => {
      if (!readRtp(bytes, head) || head.payloadType !== 0) return;
      received += 1;
      delays.push(performance.now() - bytes.readDoubleBE(head.payloadStart));
    });
    sockets.push(socket);
    ports.push(socket.address().port);
  }
  process.send?.(ports);
  const targets = await new Promise<number[]>((resolve) =>
    process.once('message', (message) => resolve(message as number[])),
  );
  let slot = 0;
  const beat = () => {
    const sequence = Math.floor(slot / 20);
    for (let i = slot % 20; i < phones; i += 20) {
      const packet = Buffer.alloc(PACKET_BYTES, 0xff);
      writeRtpHead(packet, 0, 0, false, sequence, sequence * 160, i + 1);
      packet.writeDoubleBE(performance.now(), 12);
      sockets[i]!.send(packet, targets[i]!, '127.0.0.1');
      sent += 1;
    }
    slot += 1;
  };
  const startMs = performance.now();
  const timer = setInterval(() => {
    while (slot <= performance.now() - startMs) beat();
  }, 1);
  await new Promise((resolve) => process.once('message', resolve));
  clearInterval(timer);
  await new Promise((resolve) => setTimeout(resolve, 300));
  delays.sort((a, b) => a - b);
  process.send?.({
    sent,
    received,
    p50Ms: delays[Math.floor(delays.length / 2)],
    p99Ms: delays[Math.floor(delays.length * 0.99)],
  });
  process.disconnect();
  for (const socket of sockets) socket.close();
}

interface LoadResult {
  readonly sent: number;
  readonly received: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

async function main(): Promise<void> {
  const calls = Number(process.argv[2] ?? 150);
  const seconds = Number(process.argv[3] ?? 10);
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const host = createMediaHost({ host: '127.0.0.1', rtpPorts: [24_000, 27_999] });
  const child = fork(import.meta.filename, ['load', String(calls * 2)]);
  const next = <T>() => new Promise<T>((resolve) => child.once('message', (message) => resolve(message as T)));
  const ports = await next<number[]>();
  const targets: number[] = [];
  const legs = [];
  for (const port of ports) {
    const made = await host.createLeg('rtp');
    if (made.kind !== 'leg') throw new Error(made.detail);
    const sdp = [
      'v=0',
      'o=- 1 1 IN IP4 127.0.0.1',
      's=-',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      `m=audio ${port} RTP/AVP 0 101`,
      'a=rtpmap:101 telephone-event/8000',
      '',
    ];
    await made.leg.acceptOffer(sdp.join('\r\n'));
    targets.push(made.leg.localPort);
    legs.push(made.leg);
  }
  for (let i = 0; i < legs.length; i += 2) {
    host.bridge(legs[i]!, legs[i + 1]!);
    host.record(legs[i]!, join(folder, `${i}.wav`));
  }
  child.send(targets);
  let ticks = 0;
  const ticker = new Ticker(() => (ticks += 1));
  const cpu = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const used = process.cpuUsage(cpu);
  ticker.close();
  child.send('stop');
  const result = await next<LoadResult>();
  await host.close();
  rmSync(folder, { recursive: true });
  console.log(
    JSON.stringify({
      bench: 'softswitch-media',
      bridgedCalls: calls,
      seconds,
      lossPercent: Number((((result.sent - result.received) * 100) / result.sent).toFixed(3)),
      addedDelayP50Ms: Number(result.p50Ms.toFixed(2)),
      addedDelayP99Ms: Number(result.p99Ms.toFixed(2)),
      cpuPercent: Math.round((used.user + used.system) / (seconds * 10_000)),
      ticks,
    }),
  );
}

await (process.argv[2] === 'load' ? load() : main());
