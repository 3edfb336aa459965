import type { Server as HttpServer } from 'node:http';
import { type Namespace, Server } from 'socket.io';
import type { SessionEnd } from '../access/index.ts';
import { sightOf } from '../floor/index.ts';
import type { CallerTokens } from './caller-tokens.ts';
import type {
  CallerServerEvents,
  DeskClientEvents,
  DeskServerEvents,
  FloorServerEvents,
  QueueSummary,
  SignedOutReason,
} from './contract/index.ts';
import type { ApiDependencies, ViewChange } from './dependencies.ts';
import { LatestState } from './latest-state.ts';
import { maskNumber } from './mask-number.ts';
import { PushGate } from './push-gate.ts';
import { Refused, type SignedIn, sameOrigin, signedIn } from './socket-access.ts';

/** Desks are told at once; what changes within this time goes out together, ms. */
const DESK_GAP_MS = 40;
/** The floor is larger and watched by more people; with what sending takes, everybody has it within 250 ms. */
const FLOOR_GAP_MS = 150;
/** Lengths of queues change with every call, and every desk shows them, ms. */
const QUEUES_GAP_MS = 1_000;
const MOST_MESSAGE_BYTES = 16_384;
/** Tabs of one session, and caller pages in all. */
const MOST_SOCKETS_A_SESSION = 20;
const MOST_CALLER_SOCKETS = 5_000;
/** Pages say nothing but pings; who says more in a second is let go. */
const MOST_PACKETS_A_SECOND = 50;
/** How often it is looked whether sessions behind open connections are still in force, ms. */
const SESSIONS_EVERY_MS = 30_000;

type DeskSpace = Namespace<DeskClientEvents, DeskServerEvents, object, SignedIn>;
type DeskSocket = Parameters<Parameters<DeskSpace['on']>[1]>[0];
type FloorSpace = Namespace<object, FloorServerEvents, object, SignedIn>;
type FloorSocket = Parameters<Parameters<FloorSpace['on']>[1]>[0];
type CallerSpace = Namespace<object, CallerServerEvents, object, { phoneUser: string; sent?: string }>;
type CallerSocket = Parameters<Parameters<CallerSpace['on']>[1]>[0];

/** What is the same for desks and floors. */
interface PageSocket {
  readonly data: SignedIn;
  emit(event: 'signed-out', reason: SignedOutReason): unknown;
  disconnect(close: boolean): unknown;
}

/** How the floor is seen: with whole numbers or with masked ones. Each is made and encoded once for everybody who sees it so. */
const SIGHTS = ['whole', 'masked'] as const;

/** The pages' live connection. */
export interface PageSockets {
  /** Connections now. */
  readonly count: number;
  /** Idempotent. */
  close(): Promise<void>;
}

/** Keeps the socket under its key until it is gone. Answers how many the key has now. */
function track<S>(
  index: Map<string, Set<S>>,
  key: string,
  socket: S,
  whenGone: (forget: () => void) => unknown,
): number {
  const sockets = index.get(key) ?? new Set();
  index.set(key, sockets.add(socket));
  whenGone(() => {
    sockets.delete(socket);
    if (sockets.size === 0 && index.get(key) === sockets) index.delete(key);
  });
  return sockets.size;
}

/** Puts socket.io on the HTTP server and keeps every page's view new: whole states with a revision, never differences. */
export function openSockets(http: HttpServer, deps: ApiDependencies, callers: CallerTokens): PageSockets {
  const io = new Server(http, { serveClient: false, maxHttpBufferSize: MOST_MESSAGE_BYTES, allowRequest: sameOrigin });
  const desks = io.of('/') as DeskSpace;
  const floors = io.of('/floor') as FloorSpace;
  const calls = io.of('/caller') as CallerSpace;
  const { clock, sessions, views } = deps;
  const gate = new PushGate(clock);
  const ofAgent = new Map<string, Set<DeskSocket>>();
  const ofSession = new Map<string, Set<PageSocket>>();

  const sendDesk = (socket: DeskSocket, summaries?: ReadonlyMap<string, QueueSummary>) => {
    const { identity } = socket.data;
    const view = identity.agent && views.desk(identity.agent.agentId, sightOf(identity, maskNumber), summaries);
    if (view) socket.emit('desk', view);
  };
  const sightName = (socket: FloorSocket) =>
    socket.data.identity.permissions.has('numbers.see') ? SIGHTS[0] : SIGHTS[1];
  const floorFor = (name: (typeof SIGHTS)[number]) => views.floor(name === 'whole' ? (text) => text : maskNumber);
  const deskStates = new LatestState<DeskSocket>(clock, (socket) => sendDesk(socket));
  const floorStates = new LatestState<FloorSocket>(clock, (socket) =>
    socket.emit('floor', floorFor(sightName(socket))),
  );

  function pushQueues(): void {
    const summaries = views.summariesById();
    for (const sockets of ofAgent.values()) {
      for (const socket of sockets) {
        if (socket.conn.transport.writable) sendDesk(socket, summaries);
        else deskStates.to(socket);
      }
    }
  }
  function pushFloor(): void {
    floorStates.passedOver(floors.sockets.values());
    for (const name of SIGHTS) {
      if (floors.adapter.rooms.has(name)) floors.volatile.to(name).emit('floor', floorFor(name));
    }
  }
  const sendCaller = (socket: CallerSocket) => {
    const view = views.caller(socket.data.phoneUser);
    const text = JSON.stringify(view);
    if (text === socket.data.sent) return;
    socket.data.sent = text;
    socket.emit('caller', view);
  };
  const callerStates = new LatestState<CallerSocket>(clock, sendCaller);

  function letGo(socket: PageSocket, reason: SignedOutReason): void {
    socket.emit('signed-out', reason);
    socket.disconnect(true);
  }

  io.engine.on('connection', (conn: { on(event: 'packet', heard: () => void): void; close(): void }) => {
    let second = 0;
    let packets = 0;
    conn.on('packet', () => {
      const now = Math.floor(clock.now() / 1_000);
      packets = now === second ? packets + 1 : 1;
      second = now;
      if (packets > MOST_PACKETS_A_SECOND) conn.close();
    });
  });
  desks.use(signedIn(sessions, (identity) => identity.agent !== undefined || identity.permissions.has('floor.watch')));
  floors.use(signedIn(sessions, (identity) => identity.permissions.has('floor.watch')));
  calls.use((socket, next) => {
    const phoneUser = callers.check(socket.handshake.auth.token);
    if (phoneUser === undefined) return next(new Refused('access.signed-out'));
    if (calls.sockets.size >= MOST_CALLER_SOCKETS) return next(new Refused('request.too-many'));
    socket.data.phoneUser = phoneUser;
    next();
  });
  desks.on('connection', (socket) => {
    socket.on('ping', (answer) => {
      if (typeof answer === 'function') answer();
    });
    const whenGone = (forget: () => void) => socket.on('disconnect', forget);
    if (track<PageSocket>(ofSession, socket.data.token, socket, whenGone) > MOST_SOCKETS_A_SESSION)
      return socket.disconnect(true);
    const agentId = socket.data.identity.agent?.agentId;
    if (agentId === undefined) return;
    track(ofAgent, agentId, socket, whenGone);
    sendDesk(socket);
  });
  floors.on('connection', (socket) => {
    const whenGone = (forget: () => void) => socket.on('disconnect', forget);
    if (track<PageSocket>(ofSession, socket.data.token, socket, whenGone) > MOST_SOCKETS_A_SESSION)
      return socket.disconnect(true);
    const name = sightName(socket);
    void socket.join(name);
    socket.emit('floor', floorFor(name));
  });
  calls.on('connection', sendCaller);

  function onSessionEnd(end: SessionEnd): void {
    for (const [token, sockets] of ofSession) {
      const over =
        end.kind === 'session'
          ? token === end.token
          : token !== end.exceptToken && [...sockets].some((socket) => socket.data.identity.userId === end.userId);
      if (over) for (const socket of [...sockets]) letGo(socket, 'signed-out');
    }
  }
  /** Sessions that ran out, or were ended by another node. */
  async function lookAtSessions(): Promise<void> {
    const tokens = [...ofSession.keys()];
    if (tokens.length === 0) return;
    for (const token of await sessions.ended(tokens)) {
      for (const socket of [...(ofSession.get(token) ?? [])]) letGo(socket, 'expired');
    }
  }
  let closed = false;
  let sessionTimer = clock.after(SESSIONS_EVERY_MS, lookRegularly);
  function lookRegularly(): void {
    lookAtSessions()
      // While the database is away nobody is sent off.
      .catch((error: unknown) => deps.logger.warn({ err: error }, 'sessions of open pages could not be looked at'))
      .finally(() => {
        if (!closed) sessionTimer = clock.after(SESSIONS_EVERY_MS, lookRegularly);
      });
  }

  const stopHearing = sessions.onEnd(onSessionEnd);
  const stop = deps.onViewChange((change: ViewChange) => {
    switch (change.kind) {
      case 'desk':
        if (!ofAgent.has(change.agentId)) return;
        return gate.soon(`desk ${change.agentId}`, DESK_GAP_MS, () => {
          for (const socket of ofAgent.get(change.agentId) ?? []) deskStates.to(socket);
        });
      case 'floor':
        return gate.soon('floor', FLOOR_GAP_MS, pushFloor);
      case 'queues':
        return gate.soon('queues', QUEUES_GAP_MS, pushQueues);
      case 'callers':
        return gate.soon('callers', DESK_GAP_MS, () => {
          for (const socket of calls.sockets.values()) callerStates.to(socket);
        });
    }
  });

  let closing: Promise<void> | undefined;
  return {
    get count() {
      return io.engine.clientsCount;
    },
    close() {
      closed = true;
      stop();
      stopHearing();
      sessionTimer.cancel();
      gate.close();
      for (const states of [deskStates, floorStates, callerStates]) states.close();
      closing ??= new Promise((resolve) => void io.close(() => resolve()));
      return closing;
    },
  };
}
