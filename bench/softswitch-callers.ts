/**
 * The phones of the switch's bench, in a process of their own: they answer every call, send 50 packets a second while they are told to,
 * and measure what arrives. Each packet carries its send time, so the delay needs no clocks to agree.
 */
import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { readSdp, writeSdp } from '../tests/phones/sdp.ts';
import { formatSip, header, parseSip, type SipMessage } from '../tests/phones/sip-message.ts';

const HEAD_BYTES = 12;
const PACKET_BYTES = HEAD_BYTES + 160;
const SLOTS = 20;

/** What the other process asks. `speak` begins a window of measuring, `quiet` ends it and is answered with what was heard. */
export type CallersAsk = 'speak' | 'quiet';

export interface Heard {
  readonly phones: number;
  readonly sent: number;
  readonly received: number;
  /** 99th percentile of each packet's distance from the middle delay of its own stream. */
  readonly jitterP99Ms: number;
  readonly delayP50Ms: number;
  readonly delayP99Ms: number;
}

interface Phone {
  readonly socket: Socket;
  readonly target: { readonly host: string; readonly port: number };
  readonly slot: number;
  sequence: number;
  readonly delays: number[];
}

const phones = new Map<string, Phone>();
let speaking = false;
let window = 0;
let sent = 0;
let received = 0;
let beat = 0;
let startedMs = 0;

async function open(): Promise<Socket> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  socket.setRecvBufferSize(1024 * 1024);
  return socket;
}

const portOf = (socket: Socket) => (socket.address() as AddressInfo).port;

function send(phone: Phone): void {
  const packet = Buffer.alloc(PACKET_BYTES, 0xff);
  packet[0] = 0x80;
  packet[1] = 0;
  packet.writeUInt16BE(phone.sequence & 0xffff, 2);
  packet.writeUInt32BE((phone.sequence * 160) >>> 0, 4);
  packet.writeUInt32BE(portOf(phone.socket), 8);
  packet.writeDoubleBE(performance.now(), HEAD_BYTES);
  packet.writeUInt32BE(window, HEAD_BYTES + 8);
  phone.sequence++;
  sent++;
  phone.socket.send(packet, phone.target.port, phone.target.host);
}

function take(phone: Phone, packet: Buffer): void {
  if (packet.length !== PACKET_BYTES || packet.readUInt32BE(HEAD_BYTES + 8) !== window) return;
  received++;
  phone.delays.push(performance.now() - packet.readDoubleBE(HEAD_BYTES));
}

setInterval(() => {
  if (!speaking) return;
  for (const due = performance.now() - startedMs; beat <= due; beat++) {
    for (const phone of phones.values()) if (phone.slot === beat % SLOTS) send(phone);
  }
}, 1);

const middle = (sorted: readonly number[], share = 0.5) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;

function heard(): Heard {
  const jitter: number[] = [];
  const delays: number[] = [];
  for (const phone of phones.values()) {
    const median = middle([...phone.delays].sort((a, b) => a - b));
    for (const delay of phone.delays) {
      jitter.push(Math.abs(delay - median));
      delays.push(delay);
    }
  }
  jitter.sort((a, b) => a - b);
  delays.sort((a, b) => a - b);
  const jitterP99Ms = middle(jitter, 0.99);
  const [delayP50Ms, delayP99Ms] = [middle(delays), middle(delays, 0.99)];
  return { phones: phones.size, sent, received, jitterP99Ms, delayP50Ms, delayP99Ms };
}

const sip = await open();

function answer(request: SipMessage, body: string): void {
  const target = /SIP\/2\.0\/UDP ([^:;\s]+):(\d+)/.exec(header(request, 'via'));
  const to = header(request, 'to');
  const response = formatSip(
    'SIP/2.0 200 OK',
    [
      ...(request.headers.get('via') ?? []).map((one): [string, string] => ['Via', one]),
      ['From', header(request, 'from')],
      ['To', to.includes(';tag=') ? to : `${to};tag=load`],
      ['Call-ID', header(request, 'call-id')],
      ['CSeq', header(request, 'cseq')],
      ['Contact', `<sip:load@127.0.0.1:${portOf(sip)}>`],
      ...(body === '' ? [] : ([['Content-Type', 'application/sdp']] as [string, string][])),
    ],
    body,
  );
  sip.send(response, Number(target?.[2] ?? 5060), target?.[1] ?? '127.0.0.1');
}

async function invited(request: SipMessage): Promise<void> {
  const id = header(request, 'call-id');
  let phone = phones.get(id);
  if (!phone) {
    const socket = await open();
    const { host, port } = readSdp(request.body);
    phone = { socket, target: { host, port }, slot: phones.size % SLOTS, sequence: 0, delays: [] };
    const mine = phone;
    socket.on('message', (packet) => take(mine, packet));
    phones.set(id, phone);
  }
  answer(request, writeSdp(portOf(phone.socket), 1, 'sendrecv'));
}

sip.on('message', (datagram) => {
  const message = parseSip(datagram);
  if (message?.method === 'INVITE') void invited(message);
  else if (message?.method === 'BYE') {
    const id = header(message, 'call-id');
    phones.get(id)?.socket.close();
    phones.delete(id);
    answer(message, '');
  }
});

process.on('message', (ask: CallersAsk) => {
  if (ask === 'speak') {
    for (const phone of phones.values()) phone.delays.length = 0;
    [sent, received, beat, startedMs] = [0, 0, 0, performance.now()];
    window++;
    speaking = true;
    return;
  }
  speaking = false;
  setTimeout(() => process.send?.(heard()), 500);
});
process.on('disconnect', () => process.exit(0));
process.send?.(portOf(sip));
