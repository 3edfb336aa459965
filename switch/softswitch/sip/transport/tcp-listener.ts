import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { CodedError } from '../../../../config/errors.ts';
import type { Flow } from './flow.ts';
import { flowKey } from './flow.ts';
import type { Listener, ListenerSettings } from './listener.ts';
import type { Receiver } from './receiver.ts';
import { TcpConnection } from './tcp-connection.ts';

const CONNECT_DEADLINE_MS = 5_000;

/** Listens on TCP, and connects from the same profile (RFC 3261 §18). */
export async function listenTcp(settings: ListenerSettings, receiver: Receiver): Promise<Listener> {
  const server = createServer({ noDelay: true });
  const connections = new Map<string, TcpConnection>();
  try {
    server.listen(settings.port, settings.host);
    await once(server, 'listening');
  } catch (error) {
    throw new CodedError('switch.refused', { what: 'cannot bind', transport: 'tcp', port: settings.port }, error);
  }
  server.on('error', () => undefined);
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : settings.port;
  const local = { profile: settings.profile, host: settings.advertisedHost ?? settings.host, port };
  let open = true;

  function adopt(socket: Socket): Flow | undefined {
    const host = socket.remoteAddress;
    if (!open || host === undefined || !receiver.mayConnect(host)) {
      socket.destroy();
      return undefined;
    }
    const connection = new TcpConnection(socket, local, receiver, () => connections.delete(flowKey(connection)));
    connections.set(flowKey(connection), connection);
    return connection;
  }
  server.on('connection', adopt);

  return {
    address: { transport: 'tcp', host: settings.host, port },
    connect: async (host, remotePort) => {
      const there = connections.get(flowKey({ transport: 'tcp', host, port: remotePort }));
      if (there?.alive) return there;
      if (!open) return undefined;
      const socket = connect({ host, port: remotePort, localAddress: settings.host, noDelay: true });
      try {
        await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_DEADLINE_MS) });
      } catch {
        socket.on('error', () => undefined);
        socket.destroy();
        return undefined;
      }
      return adopt(socket);
    },
    close: async () => {
      if (!open) return;
      open = false;
      for (const connection of connections.values()) connection.close();
      await new Promise<void>((done) => {
        server.close(() => done());
      });
    },
  };
}
