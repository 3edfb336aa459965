import { io, type Socket } from 'socket.io-client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SignedOutReason } from '../../../acd/api/contract/index.ts';
import { serverClock } from '../time/index.ts';
import { type Expectation, settle } from './optimistic.ts';
import { measureRoundTrip } from './ping.ts';
import { type Answer, request } from './request.ts';

/** A whole state that the server sends anew whenever it changed. */
export interface Revised {
  readonly revision: number;
  readonly serverNowMs: number;
}

export interface LiveState<S> {
  readonly state: S | undefined;
  readonly connected: boolean;
  /** Since when the connection is away, by the page's clock. */
  readonly lostAtMs: number | undefined;
  readonly roundTripMs: number | undefined;
  readonly expectations: readonly Expectation<S>[];
  readonly signedOut: SignedOutReason | undefined;
}

/** A namespace of the server held open: the last whole state, the connection's health, and changes on their way. */
export interface Live<S extends Revised> {
  readonly store: StoreApi<LiveState<S>>;
  /** Shows `expected` at once, sends the command, and takes it back if the server refuses. */
  command(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    expected?: (state: S) => S,
  ): Promise<Answer<unknown>>;
  close(): void;
}

/** How long a confirmed change is still shown when no newer state arrives. */
const CONFIRMED_FOR_MS = 3_000;
/** Pause before a connection that the server ended is opened again. */
const COME_BACK_MS = 1_000;

/** Opens a namespace whose event `event` carries the whole state. */
export function openLive<S extends Revised>(namespace: string, event: string): Live<S> {
  const store = createStore<LiveState<S>>(() => ({
    state: undefined,
    connected: false,
    lostAtMs: undefined,
    roundTripMs: undefined,
    expectations: [],
    signedOut: undefined,
  }));
  const socket: Socket = io(namespace, { reconnectionDelay: 300, reconnectionDelayMax: 4_000, timeout: 5_000 });
  let closed = false;
  let waiting = false;
  let epoch = 0;
  socket.on('connect', () => {
    epoch += 1;
    store.setState({ connected: true, lostAtMs: undefined });
  });
  const lost = () => {
    if (store.getState().connected || store.getState().lostAtMs === undefined)
      store.setState({ connected: false, lostAtMs: Date.now(), roundTripMs: undefined });
  };
  // The library comes back by itself from a broken network, but not when the server closed or refused the connection: then it restarts,
  // or the session has ended.
  const comeBack = async () => {
    lost();
    if (socket.active || waiting) return;
    waiting = true;
    await new Promise((resolve) => setTimeout(resolve, COME_BACK_MS));
    const session = await request('GET', '/session');
    waiting = false;
    if (closed || store.getState().signedOut) return;
    if (session.kind === 'refused' && session.status === 401) store.setState({ signedOut: 'expired' });
    else socket.connect();
  };
  socket.on('disconnect', () => void comeBack());
  socket.on('connect_error', () => void comeBack());
  let stateEpoch = 0;
  socket.on(event, (next: S) => {
    serverClock.read(next.serverNowMs);
    const now = store.getState();
    // A restarted server counts revisions from the start again, so the first state of a connection always counts.
    if (stateEpoch === epoch && now.state !== undefined && next.revision < now.state.revision) return;
    stateEpoch = epoch;
    store.setState({ state: next, expectations: settle(now.expectations, next.revision) });
  });
  socket.on('signed-out', (reason: SignedOutReason) => store.setState({ signedOut: reason }));
  const stopPing = measureRoundTrip(socket, (roundTripMs) => store.setState({ roundTripMs }));
  let nextId = 1;

  const forget = (id: number) =>
    store.setState((now) => ({ expectations: now.expectations.filter((expectation) => expectation.id !== id) }));

  return {
    store,
    async command(method, path, body, expected) {
      const id = nextId++;
      const sentAtRevision = store.getState().state?.revision ?? 0;
      if (expected) store.setState((now) => ({ expectations: [...now.expectations, { id, apply: expected }] }));
      const answer = await request(method, path, body);
      if (!expected) return answer;
      if (answer.kind !== 'ok') {
        forget(id);
        return answer;
      }
      const revision = store.getState().state?.revision ?? 0;
      if (revision > sentAtRevision) forget(id);
      else {
        store.setState((now) => ({
          expectations: now.expectations.map((expectation) =>
            expectation.id === id ? { ...expectation, settledAtRevision: sentAtRevision } : expectation,
          ),
        }));
        setTimeout(() => forget(id), CONFIRMED_FOR_MS);
      }
      return answer;
    },
    close() {
      if (closed) return;
      closed = true;
      stopPing();
      socket.disconnect();
    },
  };
}
