import type { CallerView } from './caller.ts';
import type { Desk } from './desk.ts';
import type { Floor } from './supervisor.ts';

/** Why the server closes a page's connection. */
export type SignedOutReason = 'signed-out' | 'expired' | 'signed-in-elsewhere';

/** Namespace `/`: the agent's desk. Authenticated by the session cookie. The server sends the whole desk on connect. */
export interface DeskServerEvents {
  desk: (desk: Desk) => void;
  'signed-out': (reason: SignedOutReason) => void;
}

/** What the desk tells the server without waiting for an answer. */
export interface DeskClientEvents {
  /** Round trip for the page's network light; answered at once. */
  ping: (answer: () => void) => void;
}

/** Namespace `/floor`: supervisors. The whole floor on connect, then on change. */
export interface FloorServerEvents {
  floor: (floor: Floor) => void;
  'signed-out': (reason: SignedOutReason) => void;
}

/** Namespace `/caller`: the caller page, authenticated by `auth: { token }` of its caller session. */
export interface CallerServerEvents {
  caller: (view: CallerView) => void;
}
