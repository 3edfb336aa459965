import type { SocketAddress } from '../stack.ts';
import type { Flow } from './flow.ts';

export interface ListenerSettings {
  readonly profile: string;
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly advertisedHost: string | undefined;
}

/** A bound socket. */
export interface Listener {
  readonly address: SocketAddress;
  /** A flow to a peer; for TCP a connection that is there already, or a new one (5,000 ms). Undefined when it cannot be made. */
  connect(host: string, port: number): Promise<Flow | undefined>;
  /** Idempotent. */
  close(): Promise<void>;
}
