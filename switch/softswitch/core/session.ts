import type { Channel } from './channel.ts';
import type { Leg } from './leg.ts';

/** A digit that waits to be read by whatever runs on the leg. */
export interface QueuedDigit {
  readonly digit: string;
  /** In samples at 8 kHz, as `DTMF-Duration` says it. */
  readonly durationSamples: number;
  readonly source: 'RTP' | 'INFO' | 'APP';
}

/** A dialplan application that a leg is to run next. */
export interface QueuedApplication {
  readonly app: string;
  readonly data: string;
  readonly loops: number;
  /** Given back as `Application-UUID`. */
  readonly eventUuid: string;
  /** While it runs, later ones wait; otherwise they interrupt it. */
  readonly locked: boolean;
  /** Wait before it starts, ms. */
  readonly leadMs: number;
}

/** Part of a bridge that a leg is about to enter or is in. */
export interface BridgeRole {
  readonly role: 'first' | 'second';
  readonly partner: Session;
}

/** What is going on with one channel: its phone, its queues, and what wakes whatever runs on it. */
export interface Session {
  readonly channel: Channel;
  readonly leg: Leg;
  readonly queue: QueuedApplication[];
  readonly digits: QueuedDigit[];
  /** Applications of the extension that was routed to, still to run. */
  extension: { readonly app: string; readonly data: string }[];
  breakRequested: boolean;
  /** How many applications that `uuid_break` ends are running. */
  playing: number;
  /** Depth of applications that later ones may not interrupt. */
  locks: number;
  bridge: BridgeRole | undefined;
  /** When a command last named this leg; for legs that nobody controls. Undefined: never. */
  controlledAtMs: number | undefined;
  parkedAtMs: number | undefined;
  readonly recordings: Map<string, { stop(): void; pause(): void; resume(): void }>;
  readonly digitsDialed: string[];
  held: boolean;
  /** Application run last, and the one that `show channels` names (a bridge counts there). */
  /** Where an inbound caller wanted to go first. */
  firstDestination: string | undefined;
  lastApp: { readonly app: string; readonly data: string } | undefined;
  shownApp: { readonly app: string; readonly data: string } | undefined;
  /** Ends what watches this leg (media timeout, digit listener …) when it is over. */
  readonly cleanups: (() => void)[];
  /** Whoever waits for something to change. */
  readonly sleepers: Set<() => void>;
  /** Resolves once the leg is destroyed. */
  readonly gone: Promise<void>;
  readonly markGone: () => void;
}

/** Most applications and digits that wait on one leg; more are dropped. */
export const MAX_QUEUED_APPLICATIONS = 200;
export const MAX_QUEUED_DIGITS = 100;

export function newSession(channel: Channel, leg: Leg): Session {
  let markGone: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => {
    markGone = resolve;
  });
  return {
    channel,
    leg,
    queue: [],
    digits: [],
    extension: [],
    breakRequested: false,
    playing: 0,
    locks: 0,
    bridge: undefined,
    controlledAtMs: undefined,
    parkedAtMs: undefined,
    recordings: new Map(),
    digitsDialed: [],
    held: false,
    firstDestination: undefined,
    lastApp: undefined,
    shownApp: undefined,
    cleanups: [],
    sleepers: new Set(),
    gone,
    markGone,
  };
}

/** Lets everything that waits on the leg look again. */
export function wake(session: Session): void {
  for (const sleeper of [...session.sleepers]) sleeper();
}
