import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PhoneCredentials } from '../../../acd/api/contract/index.ts';
import type { OpenLine, SipLine, SipSession } from './sip.ts';

/**
 * The line between page and switch.
 *
 * ```
 *  off ──startPhone──▶ connecting ──registered──▶ ready
 *   ▲                      │  ▲                     │
 *   │                 refused  └── new credentials  │ connection or registration lost
 *   │                      ▼       after back-off   ▼
 *   └──stopPhone──── (any state) ◀──────────── reconnecting ──registered──▶ ready
 * ```
 * `refused` is `reconnecting` after the server itself said no; it goes on trying, slower.
 */
export const LINE_STATES = ['off', 'connecting', 'ready', 'reconnecting', 'refused'] as const;
export type LineState = (typeof LINE_STATES)[number];

/**
 * A call on this phone.
 *
 * ```
 *  incoming ──answer──▶ answering ──ACK──▶ up ──media fails or page asks──▶ lost
 *     │                     │               │                               │
 *     │ cancelled, declined │ failed        │ BYE                           │ INVITE with X-Tandem-Reattach
 *     ▼                     ▼               ▼                               ▼
 *   (gone)                (gone)          (gone)                        answering
 * ```
 * `lost` means: the conversation goes on at the switch, this page's sound is being brought back.
 */
export const PHONE_CALL_STATES = ['incoming', 'answering', 'up', 'lost'] as const;
export type PhoneCallState = (typeof PHONE_CALL_STATES)[number];

export interface PhoneCall {
  /** `DeskContact.phoneCallKey` of its contact. */
  readonly key: string;
  readonly state: PhoneCallState;
  readonly muted: boolean;
  /** Set on a supervisor's own leg into another agent's call. */
  readonly supervising: boolean;
}

export type MicrophoneFault = 'refused' | 'missing' | 'busy';

export interface PhoneSnapshot {
  readonly line: LineState;
  readonly calls: readonly PhoneCall[];
  /** Why the last attempt to open the microphone failed. */
  readonly microphoneFault: MicrophoneFault | undefined;
}

/** What the phone needs from outside; tests give fakes. */
export interface PhonePorts {
  readonly openLine: OpenLine;
  /** Fresh credentials; `undefined` when the server refuses or cannot be reached. */
  readonly credentials: () => Promise<PhoneCredentials | undefined>;
  readonly openMicrophone: () => Promise<MediaStream>;
  readonly closeMicrophone: (stream: MediaStream) => void;
  /** Plays a call's remote sound; `undefined` silences it. */
  readonly play: (stream: MediaStream | undefined) => void;
  readonly after: (delayMs: number, then: () => void) => () => void;
}

export interface LiveCall {
  session: SipSession | undefined;
  microphone: Promise<MediaStream> | undefined;
  /** Ends the wait for a connection that may come back. */
  cancelLossTimer: (() => void) | undefined;
}

/** Identity and state of the page's phone; what it can do are functions in files of their own. */
export interface Phone {
  readonly ports: PhonePorts;
  readonly store: StoreApi<PhoneSnapshot>;
  readonly live: Map<string, LiveCall>;
  /** Calls that were answered on the page before their INVITE arrived. */
  readonly wanted: Set<string>;
  line: SipLine | undefined;
  /** Counts lines, so that events of an old one are not heard. */
  generation: number;
  attempts: number;
  /** Brings the line and its calls back; does nothing while the phone is off. */
  renew: () => void;
  cancelRetry: (() => void) | undefined;
}

export function createPhone(ports: PhonePorts): Phone {
  return {
    ports,
    store: createStore<PhoneSnapshot>(() => ({ line: 'off', calls: [], microphoneFault: undefined })),
    live: new Map(),
    wanted: new Set(),
    line: undefined,
    generation: 0,
    attempts: 0,
    renew: () => {},
    cancelRetry: undefined,
  };
}

export function findCall(phone: Phone, key: string): PhoneCall | undefined {
  return phone.store.getState().calls.find((call) => call.key === key);
}

/** Writes a call's state, adding the call if it is new. */
export function putCall(phone: Phone, key: string, change: Partial<Omit<PhoneCall, 'key'>>): void {
  phone.store.setState((now) => {
    const known = now.calls.find((call) => call.key === key);
    const next: PhoneCall = {
      ...(known ?? { key, state: 'incoming', muted: false, supervising: false }),
      ...change,
    };
    return { calls: known ? now.calls.map((call) => (call.key === key ? next : call)) : [...now.calls, next] };
  });
}

/** Takes a call off the phone and gives its microphone back. */
export function dropCall(phone: Phone, key: string): void {
  const live = phone.live.get(key);
  live?.cancelLossTimer?.();
  void live?.microphone?.then(phone.ports.closeMicrophone, () => {});
  phone.live.delete(key);
  phone.wanted.delete(key);
  phone.store.setState((now) => ({ calls: now.calls.filter((call) => call.key !== key) }));
  if (phone.live.size === 0) phone.ports.play(undefined);
}
