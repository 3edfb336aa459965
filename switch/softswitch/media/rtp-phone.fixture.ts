import { createSocket, type Socket } from 'node:dgram';
import {
  decodeG711,
  EVENT_DIGITS,
  emptyRtpHead,
  encodeG711,
  type G711,
  PCMA,
  PCMU,
  RTP_HEAD_BYTES,
  readRtp,
  Ticker,
  tone,
  writeEvent,
  writeRtpHead,
} from '../../../media/index.ts';

/** What a phone under test heard: one entry per packet, in order of arrival. */
export interface HeardPacket {
  readonly atMs: number;
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Buffer;
}

/** A plain RTP phone on loopback for tests: speaks a tone, keeps what it hears. */
export class RtpPhone {
  readonly heard: HeardPacket[] = [];
  readonly law: G711;
  readonly #socket: Socket;
  readonly #ticker: Ticker;
  readonly #events: boolean;
  #toneCodes: Uint8Array | undefined;
  #toneAt = 0;
  #remotePort = 0;
  #sequence = 65_500;
  #timestamp = 0xffff_ff00;
  ssrc = 0x1234_0000 + Math.floor(Math.random() * 65_000);

  private constructor(socket: Socket, law: G711, events: boolean) {
    this.#socket = socket;
    this.law = law;
    this.#events = events;
    const head = emptyRtpHead();
    socket.on('message', (bytes) => {
      if (!readRtp(bytes, head)) return;
      const { payloadType, marker, sequence, timestamp, ssrc } = head;
      const payload = bytes.subarray(head.payloadStart, head.payloadEnd);
      this.heard.push({ atMs: performance.now(), payloadType, marker, sequence, timestamp, ssrc, payload });
    });
    this.#ticker = new Ticker(() => this.#speak());
  }

  static async start(options: { law?: G711; events?: boolean } = {}): Promise<RtpPhone> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return new RtpPhone(socket, options.law ?? PCMU, options.events ?? true);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** This phone's description, as an offer or as an answer. */
  sdp(direction = 'sendrecv'): string {
    const lines = [
      'v=0',
      'o=- 1 1 IN IP4 127.0.0.1',
      's=-',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      `m=audio ${this.port} RTP/AVP ${this.law.payloadType}${this.#events ? ' 101' : ''}`,
      `a=rtpmap:${this.law.payloadType} ${this.law.name}/8000`,
      ...(this.#events ? ['a=rtpmap:101 telephone-event/8000'] : []),
      `a=${direction}`,
    ];
    return `${lines.join('\r\n')}\r\n`;
  }

  /** Learns from the other side's description where to send. */
  follow(sdp: string): void {
    this.#remotePort = Number(/^m=audio (\d+) /m.exec(sdp)?.[1]);
  }

  /** Speaks a tone from now on; undefined is no packets at all. */
  say(frequencyHz: number | undefined): void {
    if (frequencyHz === undefined) {
      this.#toneCodes = undefined;
      return;
    }
    const samples = tone([frequencyHz], 1000, 8000);
    this.#toneCodes = new Uint8Array(samples.length);
    encodeG711(this.law, samples, this.#toneCodes);
  }

  #speak(): void {
    this.#timestamp = (this.#timestamp + 160) >>> 0;
    const codes = this.#toneCodes;
    if (!codes) return;
    this.#toneAt = (this.#toneAt + 160) % codes.length;
    this.send(this.law.payloadType, codes.subarray(this.#toneAt, this.#toneAt + 160), this.#timestamp, false);
  }

  /** Presses a key: `packets` events of 20 ms, the last `ends` of them with the end bit. */
  press(digit: string, packets = 8, ends = 3): void {
    const timestamp = (this.#timestamp + 80) >>> 0;
    const payload = Buffer.alloc(4);
    for (let i = 1; i <= packets; i += 1) {
      writeEvent(payload, 0, EVENT_DIGITS.indexOf(digit), i > packets - ends, Math.min(i, packets - ends) * 160);
      this.send(101, payload, timestamp, i === 1);
    }
    this.#timestamp = (this.#timestamp + packets * 160) >>> 0;
  }

  send(payloadType: number, payload: Uint8Array, timestamp: number, marker: boolean): void {
    const packet = Buffer.alloc(RTP_HEAD_BYTES + payload.length);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    writeRtpHead(packet, 0, payloadType, marker, this.#sequence, timestamp, this.ssrc);
    packet.set(payload, RTP_HEAD_BYTES);
    this.#socket.send(packet, this.#remotePort, '127.0.0.1');
  }

  /** What was heard in the last `packets` audio packets. */
  lastSamples(packets: number): Int16Array {
    const audio = this.heard.filter((entry) => entry.payloadType === 0 || entry.payloadType === 8).slice(-packets);
    const codes = Buffer.concat(audio.map((entry) => entry.payload));
    return decodeG711(audio.at(-1)?.payloadType === 8 ? PCMA : PCMU, codes);
  }

  close(): void {
    this.#ticker.close();
    this.#socket.close();
  }
}

/** Waits until `condition` holds, looking every 5 ms. */
export async function until(condition: () => boolean, what: string, deadlineMs = 10_000): Promise<void> {
  const endMs = performance.now() + deadlineMs;
  while (!condition()) {
    if (performance.now() > endMs) throw new Error(`not within ${deadlineMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
