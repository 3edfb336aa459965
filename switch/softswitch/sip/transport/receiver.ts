import type { Malformed, SipMessage } from '../message/message.ts';
import type { SipLimits } from '../stack.ts';
import type { Flow } from './flow.ts';

/** Who gets what listeners and connections bring in. */
export interface Receiver {
  readonly limits: SipLimits;
  readonly now: () => number;
  message(message: SipMessage, flow: Flow): void;
  malformed(fault: Malformed, flow: Flow): void;
  /** The connection is gone; bindings and calls on it are told. */
  flowClosed(flow: Flow): void;
  /** Asked before a connection is accepted. */
  mayConnect(host: string): boolean;
  connectionOpened(connection: Connection): void;
  connectionClosed(connection: Connection): void;
  countOut(): void;
}

/** A TCP or WebSocket connection, as the sweep for idle ones and the limits see it. */
export interface Connection {
  readonly flow: Flow;
  readonly lastHeardMs: number;
  /** Since when part of a message waits for its rest; undefined when none does. */
  readonly partialSinceMs: number | undefined;
  /** Asks the peer for a sign of life where the transport can (WebSocket ping); false when the last one went unanswered. */
  probe(): boolean;
  close(): void;
}
