import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../config/clock.ts';
import type { Logger } from '../../../config/logger.ts';
import type { AddressSet } from './access/address-set.ts';
import type { FailureWindow } from './access/failure-window.ts';
import type { Nonces } from './access/nonces.ts';
import type { Bindings } from './registrar/bindings.ts';
import type {
  Admission,
  IncomingInvite,
  LookUpPassword,
  SipCall,
  SipCounter,
  SipLimits,
  SipTimes,
  SipTransport,
} from './stack.ts';
import type { ClientTransaction } from './transaction/client-transaction.ts';
import type { ServerTransaction } from './transaction/server-transaction.ts';
import type { Listener } from './transport/listener.ts';
import type { Connection } from './transport/receiver.ts';

/** A profile while it is open. */
export interface Profile {
  readonly name: string;
  readonly admission: Admission;
  /** Of a trunk: who may call. */
  readonly allowed: AddressSet | undefined;
  readonly advertisedHost: string | undefined;
  readonly listeners: Listener[];
}

/** Something that waits and must be let go when its profile closes. */
export interface Closable {
  readonly profile: string;
  close(): void;
}

/** Everything that the verbs of the SIP room share. One per stack. */
export interface Core {
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits: SipLimits;
  readonly times: SipTimes;
  readonly productName: string;
  readonly counters: Record<SipCounter, number>;
  readonly lookUpPassword: LookUpPassword;
  readonly onInvite: (invite: IncomingInvite) => void;
  readonly profiles: Map<string, Profile>;
  readonly serverTransactions: Map<string, ServerTransaction>;
  /** Call-ID, From tag and CSeq of open INVITEs → transaction: finds merged requests (RFC 3261 §8.2.2.2). */
  readonly merged: Map<string, string>;
  readonly clientTransactions: Map<string, ClientTransaction>;
  /** By Call-ID and both tags (forks share ours), see {@link dialogKey}. */
  readonly calls: Map<string, SipCall>;
  /** INVITEs on their way, in both directions. */
  readonly attempts: Set<Closable>;
  readonly pendingInvites: Map<string, number>;
  readonly connections: Map<Connection, string>;
  readonly bindings: Bindings;
  readonly nonces: Nonces;
  readonly failedDigests: FailureWindow;
  /** To tag of answers that leave no state. */
  readonly statelessTag: string;
}

export function dialogKey(callId: string, localTag: string, remoteTag: string): string {
  return `${callId}\n${localTag}\n${remoteTag}`;
}

/** 64 random bits: tags, branches, Call-IDs. */
export function randomToken(): string {
  return randomBytes(8).toString('hex');
}

/** The profile's listener for a transport. */
export function listenerOf(core: Core, profile: string, transport: SipTransport): Listener | undefined {
  return core.profiles.get(profile)?.listeners.find((listener) => listener.address.transport === transport);
}
