import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { CodedError } from '../../../../config/errors.ts';
import { parseMessage } from '../message/parse-message.ts';
import type { Flow } from './flow.ts';
import type { Listener, ListenerSettings } from './listener.ts';
import type { Receiver } from './receiver.ts';

const SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;

/** Listens on UDP (RFC 3261 §18). Datagrams shorter than any message are keep-alives and are let go. */
export async function listenUdp(settings: ListenerSettings, receiver: Receiver): Promise<Listener> {
  const socket = createSocket({ type: isIPv6(settings.host) ? 'udp6' : 'udp4', recvBufferSize: SOCKET_BUFFER_BYTES });
  try {
    socket.bind(settings.port, settings.host);
    await once(socket, 'listening');
  } catch (error) {
    socket.close();
    throw new CodedError('switch.refused', { what: 'cannot bind', transport: 'udp', port: settings.port }, error);
  }
  let open = true;
  const address = { transport: 'udp', host: settings.host, port: socket.address().port } as const;
  const local: UdpLocal = {
    socket,
    profile: settings.profile,
    host: settings.advertisedHost ?? settings.host,
    port: address.port,
    isOpen: () => open,
    countOut: receiver.countOut,
  };
  // ICMP errors of single peers arrive here; transactions time out by themselves.
  socket.on('error', () => undefined);
  socket.on('message', (bytes, source) => {
    if (bytes.length < 16) return;
    const flow = new UdpFlow(local, source.address, source.port);
    const result = parseMessage(bytes, receiver.limits);
    if (result.kind === 'malformed') receiver.malformed(result, flow);
    else receiver.message(result, flow);
  });
  return {
    address,
    connect: async (host, port) => new UdpFlow(local, host, port),
    close: async () => {
      if (!open) return;
      open = false;
      await new Promise<void>((done) => {
        socket.close(() => done());
      });
    },
  };
}

interface UdpLocal {
  readonly socket: Socket;
  readonly profile: string;
  readonly host: string;
  readonly port: number;
  isOpen(): boolean;
  countOut(): void;
}

class UdpFlow implements Flow {
  readonly transport = 'udp';
  readonly reliable = false;
  readonly #local: UdpLocal;
  readonly host: string;
  readonly port: number;

  constructor(local: UdpLocal, host: string, port: number) {
    this.#local = local;
    this.host = host;
    this.port = port;
  }

  get profile(): string {
    return this.#local.profile;
  }

  get localHost(): string {
    return this.#local.host;
  }

  get localPort(): number {
    return this.#local.port;
  }

  get alive(): boolean {
    return this.#local.isOpen();
  }

  send(bytes: Buffer): boolean {
    if (!this.#local.isOpen()) return false;
    this.#local.countOut();
    this.#local.socket.send(bytes, this.port, this.host, () => undefined);
    return true;
  }

  toPort(port: number): Flow {
    return port === this.port ? this : new UdpFlow(this.#local, this.host, port);
  }
}
