import type { SocketAddress } from '../stack.ts';

/**
 * A way to one peer: a UDP socket and an address, or a connection (RFC 5626 calls both a flow).
 * `send` never throws and says false when the flow is dead.
 */
export interface Flow extends SocketAddress {
  readonly profile: string;
  /** True for connections: no retransmission by transactions (RFC 3261 §17). */
  readonly reliable: boolean;
  /** What Via and Contact name. */
  readonly localHost: string;
  readonly localPort: number;
  readonly alive: boolean;
  send(bytes: Buffer): boolean;
  /** The flow of a peer that is not the one whose packet made this flow: UDP only, for answers to another port. */
  toPort(port: number): Flow;
}

/** Identity of a flow, for maps and logs of counters. */
export function flowKey(flow: SocketAddress): string {
  return `${flow.transport}:${flow.host}:${flow.port}`;
}
