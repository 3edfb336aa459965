import type { Clock } from '../../../config/clock.ts';
import type { Logger } from '../../../config/logger.ts';
import type { Conference } from '../conference/conference.ts';
import type { Directory } from '../directory/directory.ts';
import type { MediaHost } from '../media/index.ts';
import type { SoftswitchSettings } from '../settings.ts';
import type { SipStack } from '../sip/index.ts';
import type { EventBus } from './event-bus.ts';
import type { SwitchIdentity } from './identity.ts';
import type { Session } from './session.ts';

/** An event-socket `api` command. Gives the body of the reply with the endings that FreeSWITCH gives. */
export type ApiCommand = (sw: SwitchCore, argument: string) => string | Promise<string>;

/** A dialplan application. It returns as soon as the channel is asked into another state. */
export type Application = (sw: SwitchCore, session: Session, data: string) => Promise<void> | void;

/** Counted for `status` and the heartbeat. */
export interface SwitchCounters {
  sessionsSinceStart: number;
  sessionsPeak: number;
  /** Sessions made in the running second, and that second (whole seconds since 1970). */
  perSecond: number;
  perSecondAt: number;
  perSecondPeak: number;
  /** Next `Event-Sequence`. */
  sequence: number;
  conferenceMembers: number;
}

/** Everything that a verb may need. One per process. */
export interface SwitchCore {
  readonly settings: SoftswitchSettings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly identity: SwitchIdentity;
  readonly bus: EventBus;
  readonly sessions: Map<string, Session>;
  readonly conferences: Map<string, Conference>;
  readonly counters: SwitchCounters;
  readonly media: MediaHost;
  readonly sip: SipStack;
  readonly directory: Directory;
  readonly apis: ReadonlyMap<string, ApiCommand>;
  readonly applications: ReadonlyMap<string, Application>;
  readonly globals: Map<string, string>;
  /** Names of the SIP profiles with the address each one is reached at. */
  readonly profiles: Map<string, { readonly host: string; readonly port: number }>;
  readonly startedAtMs: number;
  /** Since when no logged-in listener is connected; undefined while one is. */
  unattendedSinceMs: number | undefined;
  /** Highest number of sessions at once, and sessions a second; `fsctl` changes them. */
  maxSessions: number;
  maxSessionsPerSecond: number;
}
