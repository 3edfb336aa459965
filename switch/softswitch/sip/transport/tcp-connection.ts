import type { Socket } from 'node:net';
import { StreamFramer } from '../message/frame-stream.ts';
import type { Flow } from './flow.ts';
import type { Connection, Receiver } from './receiver.ts';

const PONG = Buffer.from('\r\n');
/** A peer that doesn't read loses its connection instead of our memory. */
const UNSENT_LIMIT_BYTES = 1024 * 1024;

/** One TCP connection that carries SIP, whoever opened it. */
export class TcpConnection implements Flow, Connection {
  readonly transport = 'tcp';
  readonly reliable = true;
  readonly profile: string;
  readonly host: string;
  readonly port: number;
  readonly localHost: string;
  readonly localPort: number;
  lastHeardMs: number;
  partialSinceMs: number | undefined;
  readonly #socket: Socket;
  readonly #receiver: Receiver;
  #closed = false;

  constructor(
    socket: Socket,
    local: { readonly profile: string; readonly host: string; readonly port: number },
    receiver: Receiver,
    onClosed: () => void,
  ) {
    this.#socket = socket;
    this.#receiver = receiver;
    this.profile = local.profile;
    this.localHost = local.host;
    this.localPort = local.port;
    this.host = socket.remoteAddress ?? '';
    this.port = socket.remotePort ?? 0;
    this.lastHeardMs = receiver.now();
    const framer = new StreamFramer(receiver.limits);
    receiver.connectionOpened(this);
    socket.on('error', () => undefined);
    socket.on('end', () => socket.end());
    socket.on('close', () => {
      this.#closed = true;
      onClosed();
      receiver.connectionClosed(this);
      receiver.flowClosed(this);
    });
    socket.on('data', (chunk) => this.#take(framer, chunk));
  }

  get flow(): Flow {
    return this;
  }

  get alive(): boolean {
    return !this.#closed && this.#socket.writable;
  }

  send(bytes: Buffer): boolean {
    if (!this.alive) return false;
    if (this.#socket.writableLength > UNSENT_LIMIT_BYTES) {
      this.close();
      return false;
    }
    this.#receiver.countOut();
    this.#socket.write(bytes);
    return true;
  }

  toPort(): Flow {
    return this;
  }

  probe(): boolean {
    return true;
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(framer: StreamFramer, chunk: Buffer): void {
    this.lastHeardMs = this.#receiver.now();
    for (const item of framer.push(chunk)) {
      if (item.kind === 'message') this.#receiver.message(item.message, this);
      else if (item.kind === 'ping') this.#socket.write(PONG);
      else {
        this.#receiver.malformed(item.fault, this);
        this.#socket.end();
      }
    }
    this.partialSinceMs = framer.partial ? (this.partialSinceMs ?? this.lastHeardMs) : undefined;
  }
}
