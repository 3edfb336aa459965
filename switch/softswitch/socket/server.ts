import { createServer, type Server } from 'node:net';
import { CodedError } from '../../../config/errors.ts';
import type { SwitchCore } from '../core/switch-core.ts';
import { RUDE_REJECTION } from './event-text.ts';
import { EventSocketListener } from './listener.ts';

/** The event socket, open for clients. */
export interface EventSocketServer {
  /** The port that was really bound. */
  readonly port: number;
  readonly listenerCount: number;
  /** Says goodbye to every client and stops. Idempotent. */
  close(): Promise<void>;
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(new CodedError('switch.refused', { what: 'event socket', port }, cause)));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** Opens the event socket. Fails with `switch.refused` when the port cannot be bound. */
export async function openEventSocket(sw: SwitchCore): Promise<EventSocketServer> {
  const { host, port, maxListeners } = sw.settings.eventSocket;
  const listeners = new Set<EventSocketListener>();
  const server = createServer((socket) => {
    if (listeners.size >= maxListeners) {
      socket.on('error', () => socket.destroy());
      socket.end(RUDE_REJECTION);
      return;
    }
    const listener = new EventSocketListener(sw, socket, (closed) => {
      listeners.delete(closed);
      if (![...listeners].some((one) => one.authenticated)) sw.unattendedSinceMs ??= sw.clock.now();
    });
    listeners.add(listener);
  });
  const bound = await listen(server, host, port);
  let closed: Promise<void> | undefined;
  return {
    port: bound,
    get listenerCount() {
      return listeners.size;
    },
    close() {
      closed ??= new Promise((resolve) => {
        server.close(() => resolve());
        for (const listener of listeners) listener.close();
      });
      return closed;
    },
  };
}
