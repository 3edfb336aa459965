import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { decodeMuLaw, encodeMuLaw } from './mu-law.ts';
import { toneLevel } from './tone.ts';

const SAMPLES = 160;
const PACKET_MS = 20;
const HEARD_SAMPLES = 8000 * 4;
const DIGITS = '0123456789*#ABCD';
/** A digit lasts 100 ms, with 60 ms between digits. */
const DIGIT_PACKETS = 5;
const GAP_PACKETS = 3;

/** The window in which tones are measured: 200 ms, so that multiples of 5 Hz stay apart. */
export const WINDOW_SAMPLES = 1600;

/** One phone's sound: sends a tone as µ-law, keeps the last four seconds that it heard, sends and notes telephone-events. */
export class RtpSession {
  readonly #socket: Socket;
  readonly #toneHz: number;
  readonly #ssrc = randomInt(2 ** 32);
  #remote: { host: string; port: number } | undefined;
  #eventPayload = 101;
  #sequence = randomInt(65_536);
  #timestamp = randomInt(2 ** 31);
  #phase = 0;
  #startedMs = 0;
  #packets = 0;
  #timer: NodeJS.Timeout | undefined;
  #digits: { event: number; packet: number }[] = [];
  readonly #heard = new Int16Array(HEARD_SAMPLES);
  #heardCount = 0;
  #lastEventTimestamp = -1;
  readonly #watchers = new Set<() => void>();
  /** False while the phone may not send (held by the other side). */
  sending = true;
  packetsReceived = 0;
  /** Digits that came as telephone-events. */
  digitsHeard = '';

  private constructor(socket: Socket, toneHz: number) {
    this.#socket = socket;
    this.#toneHz = toneHz;
    socket.on('message', (packet) => this.#receive(packet));
    socket.on('error', () => undefined);
  }

  /** Opens a port on loopback. `toneHz` 0 sends silence. */
  static async open(toneHz: number): Promise<RtpSession> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return new RtpSession(socket, toneHz);
  }

  get port(): number {
    return (this.#socket.address() as AddressInfo).port;
  }

  /** Sends to this address from now on. */
  start(remote: { host: string; port: number }, eventPayload: number): void {
    this.#remote = remote;
    this.#eventPayload = eventPayload;
    if (this.#timer) return;
    this.#startedMs = performance.now();
    this.#timer = setInterval(() => this.#sendDue(), PACKET_MS / 2);
  }

  /** Queues digits as RFC 4733 events. */
  sendDigits(digits: string): void {
    for (const digit of digits) {
      for (let packet = 0; packet < DIGIT_PACKETS + GAP_PACKETS; packet++) {
        this.#digits.push({ event: DIGITS.indexOf(digit.toUpperCase()), packet });
      }
    }
  }

  /** How loud a frequency was in the last 200 ms, 0 to 1. */
  level(hz: number): number {
    return toneLevel(this.#lastWindow(), hz);
  }

  /** Loudest sample of the last 200 ms, 0 to 1. */
  peak(): number {
    return this.#lastWindow().reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) / 32_768;
  }

  /** Calls `watcher` after every packet until the returned function is called. */
  onPacket(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#watchers.clear();
    try {
      this.#socket.close();
    } catch {
      // closed already
    }
  }

  #lastWindow(): Int16Array {
    const window = new Int16Array(WINDOW_SAMPLES);
    for (let i = 0; i < WINDOW_SAMPLES; i++) {
      const at = this.#heardCount - WINDOW_SAMPLES + i;
      window[i] = at < 0 ? 0 : (this.#heard[at % HEARD_SAMPLES] ?? 0);
    }
    return window;
  }

  #sendDue(): void {
    const due = Math.floor((performance.now() - this.#startedMs) / PACKET_MS);
    while (this.#packets < due) {
      this.#packets++;
      this.#sendPacket();
    }
  }

  #sendPacket(): void {
    this.#timestamp = (this.#timestamp + SAMPLES) >>> 0;
    const digit = this.#digits.shift();
    if (digit && digit.packet < DIGIT_PACKETS) {
      this.#sendEvent(digit.event, digit.packet);
      return;
    }
    const payload = Buffer.alloc(SAMPLES);
    for (let i = 0; i < SAMPLES; i++) {
      payload[i] = encodeMuLaw(this.#toneHz === 0 ? 0 : Math.round(8000 * Math.sin(this.#phase)));
      this.#phase += (2 * Math.PI * this.#toneHz) / 8000;
    }
    if (this.sending) this.#send(0, this.#timestamp, false, payload);
  }

  #sendEvent(event: number, packet: number): void {
    const last = packet === DIGIT_PACKETS - 1;
    const duration = (packet + 1) * SAMPLES;
    const started = (this.#timestamp - packet * SAMPLES) >>> 0;
    const payload = Buffer.from([event, (last ? 0x80 : 0) | 10, duration >> 8, duration & 0xff]);
    // The end is sent three times, since it must not be lost.
    for (let copy = 0; copy < (last ? 3 : 1); copy++) this.#send(this.#eventPayload, started, packet === 0, payload);
  }

  #send(type: number, timestamp: number, marker: boolean, payload: Buffer): void {
    if (!this.#remote || !this.#timer) return;
    const head = Buffer.alloc(12);
    head[0] = 0x80;
    head[1] = (marker ? 0x80 : 0) | type;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    head.writeUInt16BE(this.#sequence, 2);
    head.writeUInt32BE(timestamp, 4);
    head.writeUInt32BE(this.#ssrc, 8);
    this.#socket.send(Buffer.concat([head, payload]), this.#remote.port, this.#remote.host);
  }

  #receive(packet: Buffer): void {
    if (packet.length < 12 || (packet[0]! & 0xc0) !== 0x80) return;
    this.packetsReceived++;
    const type = packet[1]! & 0x7f;
    const payload = packet.subarray(12 + (packet[0]! & 0x0f) * 4);
    if (type === 0) {
      for (const byte of payload) this.#heard[this.#heardCount++ % HEARD_SAMPLES] = decodeMuLaw(byte);
    } else if (type === this.#eventPayload && payload.length >= 4) {
      const timestamp = packet.readUInt32BE(4);
      if (timestamp !== this.#lastEventTimestamp) this.digitsHeard += DIGITS[payload[0]!] ?? '?';
      this.#lastEventTimestamp = timestamp;
    }
    for (const watcher of [...this.#watchers]) watcher();
  }
}
