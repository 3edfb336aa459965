import type { PhonePorts } from '../../lib/phone/phone.ts';
import type { SipLine, SipRequest, SipSession, SipUserAgent } from '../../lib/phone/sip.ts';

type Listener = (event: never) => void;

/** Listeners that a test can call. */
function emitter() {
  const listeners = new Map<string, Listener[]>();
  return {
    on(event: string, listener: Listener) {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
    },
    tell(event: string, what: unknown = {}) {
      for (const listener of listeners.get(event) ?? []) listener(what as never);
    },
  };
}

/** A session of the fake user agent: a test says what the other side does. */
export function fakeSession(id: string) {
  const events = emitter();
  let over = false;
  const done: string[] = [];
  const connection = Object.assign(new EventTarget(), { close: () => void done.push('close') }) as RTCPeerConnection;
  const session: SipSession = {
    id,
    direction: 'incoming',
    connection,
    answer() {
      done.push('answer');
      events.tell('peerconnection', { peerconnection: connection });
    },
    terminate(options) {
      done.push(options?.status_code ? `terminate ${options.status_code}` : 'terminate');
      over = true;
      events.tell('ended');
    },
    mute: () => void done.push('mute'),
    unmute: () => void done.push('unmute'),
    sendDTMF: (tones) => void done.push(`dtmf ${tones}`),
    isEnded: () => over,
    on: events.on,
  };
  return {
    session,
    done,
    confirm: () => events.tell('confirmed'),
    end() {
      over = true;
      events.tell('ended');
    },
    media(state: RTCPeerConnectionState) {
      Object.defineProperty(connection, 'connectionState', { value: state, configurable: true });
      // As JsSIP does by itself when the media path fails.
      if (state === 'failed') session.terminate({ status_code: 408 });
      connection.dispatchEvent(new Event('connectionstatechange'));
    },
  };
}
export type FakeSession = ReturnType<typeof fakeSession>;

/** A switch made of nothing: lines open at once, register when told, and time passes when told. */
export function fakeSwitch() {
  const lines: {
    tell: (event: string, what?: unknown) => void;
    dropped: boolean;
    stopped: boolean;
    registered: boolean;
  }[] = [];
  const timers: { atMs: number; then: () => void }[] = [];
  let nowMs = 0;
  const state = { credentials: true, microphone: true, asked: 0, played: [] as (MediaStream | undefined)[], closed: 0 };
  const ports: PhonePorts = {
    async openLine() {
      const events = emitter();
      const line = { tell: events.tell, dropped: false, stopped: false, registered: false };
      lines.push(line);
      const userAgent: SipUserAgent = {
        start() {},
        stop: () => {
          line.stopped = true;
        },
        register() {},
        isRegistered: () => line.registered,
        call: () => fakeSession('out').session,
        on: events.on,
      };
      const opened: SipLine = {
        userAgent,
        drop: () => {
          line.dropped = true;
        },
      };
      return opened;
    },
    async credentials() {
      state.asked += 1;
      return state.credentials
        ? { webSocketUrl: 'ws://x', domain: 'x', user: 'u', password: 'p', expiresAtMs: 1 }
        : undefined;
    },
    async openMicrophone() {
      if (!state.microphone) throw new DOMException('no', 'NotAllowedError');
      return { id: `stream-${state.asked}` } as MediaStream;
    },
    closeMicrophone: () => {
      state.closed += 1;
    },
    play: (stream) => state.played.push(stream),
    after(delayMs, then) {
      const timer = { atMs: nowMs + delayMs, then };
      timers.push(timer);
      return () => {
        const index = timers.indexOf(timer);
        if (index >= 0) timers.splice(index, 1);
      };
    },
  };
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
  return {
    ports,
    state,
    lines,
    settle,
    register() {
      const line = lines.at(-1);
      if (!line) return;
      line.registered = true;
      line.tell('registered');
    },
    async pass(spanMs: number) {
      nowMs += spanMs;
      for (const timer of timers.filter((one) => one.atMs <= nowMs)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.then();
      }
      await settle();
    },
    async invite(call: FakeSession, headers: Record<string, string>) {
      const request: SipRequest = { getHeader: (name) => headers[name] };
      lines.at(-1)?.tell('newRTCSession', { originator: 'remote', session: call.session, request });
      await settle();
    },
  };
}
