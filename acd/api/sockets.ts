import type { Server as HttpServer } from 'node:http';
import { type Namespace, Server } from 'socket.io';
import type { Identity } from '../access/index.ts';
import { sightOf } from '../floor/index.ts';
import { SESSION_COOKIE } from './authorize.ts';
import type { CallerTokens } from './caller-tokens.ts';
import type { CallerServerEvents, DeskClientEvents, DeskServerEvents, FloorServerEvents } from './contract/index.ts';
import type { ApiDependencies, ViewChange } from './dependencies.ts';
import { maskNumber } from './mask-number.ts';
import { PushGate } from './push-gate.ts';

/** Desks are told at once; what changes within this time goes out together, ms. */
const DESK_GAP_MS = 40;
/** The floor is larger and watched by more people. */
const FLOOR_GAP_MS = 200;
/** Lengths of queues change with every call, and every desk shows them, ms. */
const QUEUES_GAP_MS = 1_000;
const MOST_MESSAGE_BYTES = 16_384;

type DeskSpace = Namespace<DeskClientEvents, DeskServerEvents, object, { identity: Identity; token: string }>;
type DeskSocket = Parameters<Parameters<DeskSpace['on']>[1]>[0];
type FloorSpace = Namespace<object, FloorServerEvents, object, { identity: Identity; token: string }>;
type CallerSpace = Namespace<object, CallerServerEvents, object, { phoneUser: string; sent?: string }>;
type CallerSocket = Parameters<Parameters<CallerSpace['on']>[1]>[0];

/** The pages' live connection. */
export interface PageSockets {
  /** Tells every page of this session that it is over, and lets it go. */
  endSession(token: string): void;
  /** Idempotent. */
  close(): Promise<void>;
}

function cookieOf(header: string | undefined): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [name, value] = part.trim().split('=');
    if (name === SESSION_COOKIE && value) return decodeURIComponent(value);
  }
  return undefined;
}

/** Puts socket.io on the HTTP server and keeps every page's view new: whole states with a revision, never differences. */
export function openSockets(http: HttpServer, deps: ApiDependencies, callers: CallerTokens): PageSockets {
  const io = new Server(http, { serveClient: false, maxHttpBufferSize: MOST_MESSAGE_BYTES, allowRequest: sameOrigin });
  const desks = io.of('/') as DeskSpace;
  const floors = io.of('/floor') as FloorSpace;
  const calls = io.of('/caller') as CallerSpace;

  const signedIn = (may: (identity: Identity) => boolean) => {
    return async (
      socket: {
        handshake: { headers: { cookie?: string | undefined } };
        data: { identity?: Identity; token?: string };
      },
      next: (error?: Error) => void,
    ) => {
      const token = cookieOf(socket.handshake.headers.cookie);
      const identity = token === undefined ? undefined : await deps.sessions.who(token).catch(() => undefined);
      if (!identity || token === undefined) return next(new Refused('access.signed-out'));
      if (!may(identity)) return next(new Refused('access.forbidden'));
      socket.data.identity = identity;
      socket.data.token = token;
      next();
    };
  };

  desks.use(signedIn((identity) => identity.agent !== undefined || identity.permissions.has('floor.watch')));
  floors.use(signedIn((identity) => identity.permissions.has('floor.watch')));
  calls.use((socket, next) => {
    const phoneUser = callers.check(socket.handshake.auth.token);
    if (phoneUser === undefined) return next(new Refused('access.signed-out'));
    socket.data.phoneUser = phoneUser;
    next();
  });

  const gate = new PushGate(deps.clock);
  const sendDesk = (socket: DeskSocket) => {
    const { identity } = socket.data;
    const view = identity.agent && deps.views.desk(identity.agent.agentId, sightOf(identity, maskNumber));
    if (view) socket.emit('desk', view);
  };
  const pushDesk = (agentId: string) => {
    for (const socket of desks.sockets.values()) {
      if (socket.data.identity.agent?.agentId === agentId) sendDesk(socket);
    }
  };
  const pushFloor = () => {
    if (floors.sockets.size > 0) floors.emit('floor', deps.views.floor());
  };
  const sendCaller = (socket: CallerSocket) => {
    const view = deps.views.caller(socket.data.phoneUser);
    const text = JSON.stringify(view);
    if (text === socket.data.sent) return;
    socket.data.sent = text;
    socket.emit('caller', view);
  };

  desks.on('connection', (socket) => {
    socket.on('ping', (answer) => {
      if (typeof answer === 'function') answer();
    });
    void socket.join(`session:${socket.data.token}`);
    const agentId = socket.data.identity.agent?.agentId;
    if (agentId === undefined) return;
    void socket.join(agentId);
    sendDesk(socket);
  });
  floors.on('connection', (socket) => {
    void socket.join(`session:${socket.data.token}`);
    socket.emit('floor', deps.views.floor());
  });
  calls.on('connection', (socket) => {
    sendCaller(socket);
  });

  const stop = deps.onViewChange((change: ViewChange) => {
    switch (change.kind) {
      case 'desk':
        return gate.soon(`desk ${change.agentId}`, DESK_GAP_MS, () => pushDesk(change.agentId));
      case 'floor':
        return gate.soon('floor', FLOOR_GAP_MS, pushFloor);
      case 'queues':
        return gate.soon('queues', QUEUES_GAP_MS, () => desks.sockets.forEach(sendDesk));
      case 'callers':
        return gate.soon('callers', DESK_GAP_MS, () => calls.sockets.forEach(sendCaller));
    }
  });

  let closing: Promise<void> | undefined;
  return {
    endSession(token) {
      for (const space of [desks, floors]) {
        space.to(`session:${token}`).emit('signed-out', 'signed-out');
        space.in(`session:${token}`).disconnectSockets(true);
      }
    },
    close() {
      stop();
      gate.close();
      closing ??= new Promise((resolve) => void io.close(() => resolve()));
      return closing;
    },
  };
}

/** Why a page's connection was not taken; the code goes to the page. */
class Refused extends Error {
  readonly data: { readonly code: string };

  constructor(code: string) {
    super(code);
    this.data = { code };
  }
}

/** A page of another site may not open a connection with our cookie. */
function sameOrigin(
  request: { headers: { origin?: string | undefined; host?: string | undefined } },
  decide: (error: string | null | undefined, allowed: boolean) => void,
): void {
  const { origin, host } = request.headers;
  if (origin === undefined) {
    decide(null, true);
    return;
  }
  try {
    decide(null, new URL(origin).host === host);
  } catch {
    decide(null, false);
  }
}
