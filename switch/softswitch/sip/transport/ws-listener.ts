import { once } from 'node:events';
import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { CodedError } from '../../../../config/errors.ts';
import { parseMessage } from '../message/parse-message.ts';
import type { Flow } from './flow.ts';
import type { Listener, ListenerSettings } from './listener.ts';
import type { Connection, Receiver } from './receiver.ts';

const UNSENT_LIMIT_BYTES = 1024 * 1024;
const HANDSHAKE_DEADLINE_MS = 10_000;

/** Listens for WebSocket with subprotocol `sip` (RFC 7118). There are no outgoing connections: a browser is reached on its own. */
export async function listenWebSocket(settings: ListenerSettings, receiver: Receiver): Promise<Listener> {
  const http = createServer({ headersTimeout: HANDSHAKE_DEADLINE_MS, requestTimeout: HANDSHAKE_DEADLINE_MS });
  http.on('request', (_request, response) => response.writeHead(426, { Upgrade: 'websocket' }).end());
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: receiver.limits.messageBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
  });
  try {
    http.listen(settings.port, settings.host);
    await once(http, 'listening');
  } catch (error) {
    throw new CodedError('switch.refused', { what: 'cannot bind', transport: 'ws', port: settings.port }, error);
  }
  http.on('error', () => undefined);
  const bound = http.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : settings.port;
  const local = { profile: settings.profile, host: settings.advertisedHost ?? settings.host, port };
  let open = true;
  http.on('upgrade', (request, socket, head) => {
    const host = request.socket.remoteAddress;
    const speaksSip = (request.headers['sec-websocket-protocol'] ?? '')
      .split(',')
      .some((name) => name.trim() === 'sip');
    socket.on('error', () => undefined);
    if (!open || host === undefined || !speaksSip || !receiver.mayConnect(host)) {
      socket.end(`HTTP/1.1 ${speaksSip ? '503 Service Unavailable' : '400 Bad Request'}\r\nConnection: close\r\n\r\n`);
      return;
    }
    const remotePort = request.socket.remotePort ?? 0;
    server.handleUpgrade(request, socket, head, (peer) => {
      new WsConnection(peer, { host, port: remotePort }, local, receiver);
    });
  });
  return {
    address: { transport: 'ws', host: settings.host, port },
    connect: async () => undefined,
    close: async () => {
      if (!open) return;
      open = false;
      for (const peer of server.clients) peer.terminate();
      http.closeAllConnections();
      await new Promise<void>((done) => {
        http.close(() => done());
      });
    },
  };
}

class WsConnection implements Flow, Connection {
  readonly transport = 'ws';
  readonly reliable = true;
  readonly profile: string;
  readonly host: string;
  readonly port: number;
  readonly localHost: string;
  readonly localPort: number;
  readonly partialSinceMs = undefined;
  lastHeardMs: number;
  #awaitsPong = false;
  readonly #peer: WebSocket;
  readonly #receiver: Receiver;

  constructor(
    peer: WebSocket,
    remote: { readonly host: string; readonly port: number },
    local: { readonly profile: string; readonly host: string; readonly port: number },
    receiver: Receiver,
  ) {
    this.#peer = peer;
    this.#receiver = receiver;
    this.profile = local.profile;
    this.localHost = local.host;
    this.localPort = local.port;
    this.host = remote.host;
    this.port = remote.port;
    this.lastHeardMs = receiver.now();
    receiver.connectionOpened(this);
    peer.on('error', () => undefined);
    peer.on('pong', () => {
      this.#awaitsPong = false;
    });
    peer.on('close', () => {
      receiver.connectionClosed(this);
      receiver.flowClosed(this);
    });
    peer.on('message', (data) => this.#take(Buffer.isBuffer(data) ? data : Buffer.from(data as ArrayBuffer)));
  }

  get flow(): Flow {
    return this;
  }

  get alive(): boolean {
    return this.#peer.readyState === this.#peer.OPEN;
  }

  send(bytes: Buffer): boolean {
    if (!this.alive) return false;
    if (this.#peer.bufferedAmount > UNSENT_LIMIT_BYTES) {
      this.close();
      return false;
    }
    this.#receiver.countOut();
    // Text frames: JsSIP reads no binary ones; our messages are UTF-8.
    this.#peer.send(bytes, { binary: false });
    return true;
  }

  toPort(): Flow {
    return this;
  }

  probe(): boolean {
    if (this.#awaitsPong) return false;
    this.#awaitsPong = true;
    this.#peer.ping();
    return true;
  }

  close(): void {
    this.#peer.terminate();
  }

  #take(bytes: Buffer): void {
    this.lastHeardMs = this.#receiver.now();
    this.#awaitsPong = false;
    if (bytes.length <= 4) {
      if (bytes.toString('latin1') === '\r\n\r\n') this.#peer.send('\r\n');
      return;
    }
    const result = parseMessage(bytes, this.#receiver.limits);
    if (result.kind === 'malformed') this.#receiver.malformed(result, this);
    else this.#receiver.message(result, this);
  }
}
