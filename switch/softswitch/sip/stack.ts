import type { Clock } from '../../../config/clock.ts';
import type { Logger } from '../../../config/logger.ts';

/** How a SIP message travels. `ws` is RFC 7118; TLS is ended by a proxy in front of us. */
export const SIP_TRANSPORTS = ['udp', 'tcp', 'ws'] as const;
export type SipTransport = (typeof SIP_TRANSPORTS)[number];

/** Where a message came from or goes to, as the socket knows it. */
export interface SocketAddress {
  readonly transport: SipTransport;
  readonly host: string;
  readonly port: number;
}

/** Hashes of digest, as they are named on the wire (RFC 7616, RFC 8760). */
export const DIGEST_ALGORITHMS = ['MD5', 'SHA-256'] as const;
export type DigestAlgorithm = (typeof DIGEST_ALGORITHMS)[number];

/** Variables that come with a user (directory) and go with every call of that user. */
export type UserVariables = Readonly<Record<string, string>>;

/**
 * What the directory knows of a user. `ha1` is MD5(user:realm:password) in lower case hex; with it only MD5 is offered to work,
 * a `password` serves MD5 and SHA-256. `unavailable` is answered 503 with Retry-After.
 */
export type PasswordAnswer =
  | { readonly kind: 'found'; readonly password: string; readonly variables?: UserVariables }
  | { readonly kind: 'found'; readonly ha1: string; readonly variables?: UserVariables }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unavailable' };

/** Asks the directory. Called once per digest check; it has 5,000 ms, then counts as `unavailable`. A rejection counts the same. */
export type LookUpPassword = (user: string, domain: string) => Promise<PasswordAnswer>;

/**
 * Who may send a first INVITE to a profile. `trunk`: only sources in `allowedSources` (addresses or CIDR blocks, IPv4 or IPv6),
 * others get 403; REGISTER is refused. `agents`: REGISTER and INVITE need digest; `realm` is also the users' domain; `digests` are the
 * hashes that are offered, default MD5 alone: some phones (baresip 1.0) give up when they read one that they don't know.
 */
export type Admission =
  | { readonly kind: 'trunk'; readonly allowedSources: readonly string[] }
  | { readonly kind: 'agents'; readonly realm: string; readonly digests?: readonly DigestAlgorithm[] };

/** One listening socket; `port` 0 takes any free one. */
export interface ListenerOptions {
  readonly transport: SipTransport;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  readonly port: number;
}

/** A set of listeners with one rule of admission. */
export interface ProfileOptions {
  /** Unique; handed to the core with each call. */
  readonly name: string;
  readonly listeners: readonly ListenerOptions[];
  readonly admission: Admission;
  /** Host that Via and Contact name instead of the bound one (behind a NAT with a fixed outside address). */
  readonly advertisedHost?: string;
}

/** A profile that listens. */
export interface OpenProfile {
  readonly name: string;
  /** In the order of `listeners`, with the ports that were really bound. */
  readonly addresses: readonly SocketAddress[];
  /** Idempotent. Calls of the profile end without signalling. */
  close(): Promise<void>;
}

/** A name-addr of a message: `"Ann" <sip:1001@example.com>;tag=x`, taken apart. */
export interface SipParty {
  /** Unescaped, without quotes; empty when there is none. */
  readonly displayName: string;
  readonly uri: string;
  /** The user part, percent escapes resolved; empty for none. */
  readonly user: string;
  readonly host: string;
}

/** Headers of a message by name: any case, long or compact form. */
export interface HeaderReader {
  /** First value, unfolded and trimmed. */
  get(name: string): string | undefined;
  getAll(name: string): readonly string[];
  /** Names as they were sent, in order, each once. */
  names(): readonly string[];
}

/** Extra headers to send; CR, LF and NUL are refused with `request.invalid`. Headers that the stack owns (Via, Call-ID …) as well. */
export type ExtraHeaders = Readonly<Record<string, string>>;

/** Why an established call is over. */
export const CALL_END_REASONS = [
  'remote-bye',
  'local-bye',
  'session-expired',
  'no-ack',
  'dialog-lost',
  'closed',
] as const;
export type CallEndReason = (typeof CALL_END_REASONS)[number];

export interface CallEnd {
  readonly reason: CallEndReason;
  /** Q.850 cause from the peer's Reason header (RFC 3326), if it sent one. */
  readonly q850?: number;
}

/** The core's answer to an offer inside a call: our SDP, or a final status ≥ 400 (488 when the offer does not fit). */
export type OfferAnswer =
  | { readonly kind: 'answer'; readonly sdp: string }
  | { readonly kind: 'refuse'; readonly status: number };

/** A REFER inside a call (RFC 3515, 3891, 3892). Exactly one of accept/reject; NOTIFYs follow `accept` only. */
export interface IncomingRefer {
  readonly referTo: SipParty;
  /** From the `Replaces` parameter of Refer-To: an attended transfer. */
  readonly replaces?: { readonly callId: string; readonly toTag: string; readonly fromTag: string };
  readonly referredBy?: string;
  /** 202, and a NOTIFY `100 Trying`. */
  accept(): void;
  reject(status: number): void;
  /** Tells the referrer how it goes: a provisional status keeps the subscription, a final one ends it. */
  notify(status: number, reason?: string): void;
}

/** What the core hears of an established call. Every method is called at most while the call lasts; `onEnd` is last and comes once. */
export interface CallListener {
  /** The peer offers (re-INVITE or UPDATE). `offer` undefined: it asks us to offer. Answered 504 after 10,000 ms. */
  onOffer?(call: SipCall, offer: string | undefined): OfferAnswer | Promise<OfferAnswer>;
  /** The peer's answer to an offer that we made in our own answer to an offerless re-INVITE (in its ACK). */
  onRemoteSdp?(call: SipCall, sdp: string): void;
  /** A digit by INFO (application/dtmf-relay, application/dtmf): `0-9 * # A-D`. */
  onDigit?(call: SipCall, digit: string, durationMs: number): void;
  /** Any other INFO; it has been answered 200. */
  onInfo?(call: SipCall, contentType: string, body: string): void;
  /** Not given: REFER is answered 603. */
  onRefer?(call: SipCall, refer: IncomingRefer): void;
  onEnd?(call: SipCall, end: CallEnd): void;
}

export type ReinviteOutcome =
  | { readonly kind: 'answered'; readonly sdp: string }
  /** The call goes on as it was. `status` 491 came after three tries. */
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'ended' };

export type RequestOutcome =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'ended' };

/** An established call: a confirmed (or about to be confirmed) dialog. */
export interface SipCall {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  readonly direction: 'inbound' | 'outbound';
  readonly profile: string;
  readonly remote: SocketAddress;
  readonly ended: boolean;
  /** SDP last agreed, on each side. */
  readonly localSdp: string;
  readonly remoteSdp: string;
  /** Ends the call. `onEnd` comes at once with `local-bye`; resolves when the BYE was answered or gave up. Idempotent. */
  bye(options?: { readonly q850?: number; readonly text?: string; readonly headers?: ExtraHeaders }): Promise<void>;
  /** Offers anew. One at a time: a second one waits for the first. Glare (491) is tried again by RFC 3261 §14.1. */
  reinvite(sdp: string): Promise<ReinviteOutcome>;
  info(contentType: string, body: string): Promise<RequestOutcome>;
  /** A digit as application/dtmf-relay. */
  sendDigit(digit: string, durationMs: number): Promise<RequestOutcome>;
  /** Sends REFER; `onNotify` hears each status of the transfer. */
  refer(referTo: string, onNotify: (status: number) => void): Promise<RequestOutcome>;
}

export type AnswerOutcome =
  /** `remoteSdp` is the offer of the INVITE, or the answer that came in the ACK when the INVITE had none. */
  | { readonly kind: 'confirmed'; readonly call: SipCall; readonly remoteSdp: string }
  /** The caller cancelled before, hung up, or its ACK never came (the stack sent BYE). `onEnd` of the listener is not called. */
  | { readonly kind: 'ended'; readonly reason: 'cancelled' | 'no-ack' | 'remote-bye' | 'local-bye' | 'closed' };

/** A first INVITE that passed admission. It ends by answer, reject or cancel; after 600 s without any, the stack answers 480. */
export interface IncomingInvite {
  readonly callId: string;
  readonly profile: string;
  readonly source: SocketAddress;
  readonly from: SipParty;
  readonly to: SipParty;
  readonly requestUri: SipParty;
  readonly headers: HeaderReader;
  /** SDP of the INVITE; undefined when the caller wants us to offer. */
  readonly offer: string | undefined;
  /** Set on agents profiles: who proved to be who. */
  readonly user?: { readonly name: string; readonly variables: UserVariables };
  /** A call of ours that this one takes over (RFC 3891), when it names a live one; the core bridges and hangs up the old one. */
  readonly replaces?: SipCall;
  readonly ended: boolean;
  /** 180. Does nothing once ended or answered. */
  ring(headers?: ExtraHeaders): void;
  /** 183 with SDP: early media. */
  progress(sdp: string): void;
  /** 200 with SDP, repeated until ACK. Media may flow from now on. */
  answer(sdp: string, listener: CallListener, headers?: ExtraHeaders): Promise<AnswerOutcome>;
  /** A final status 300–699. Does nothing once ended or answered. */
  reject(status: number, reason?: string, headers?: ExtraHeaders): void;
  /** Called once when the caller cancels, gives up, or the profile closes before an answer; at once when that already happened. */
  onCancelled(listener: (reason: 'cancelled' | 'timeout' | 'closed') => void): void;
}

/** Where an outgoing INVITE goes. `user` takes the best binding (highest q, then newest); `binding` exactly that one. */
export type InviteTarget =
  | { readonly kind: 'user'; readonly user: string }
  | { readonly kind: 'binding'; readonly binding: Binding }
  /** `sip:` URI; host must be an address or `localhost`, or a name that the system resolves. `nextHop` overrides where it is sent. */
  | { readonly kind: 'uri'; readonly uri: string; readonly nextHop?: SocketAddress };

export interface OutgoingInviteRequest {
  /** Profile to send from. */
  readonly profile: string;
  readonly target: InviteTarget;
  /** SDP offer, at most 32 KB. */
  readonly offer: string;
  /** User part of From; printable ASCII. Default `anonymous`. */
  readonly fromUser?: string;
  readonly fromDisplayName?: string;
  /** Default: the profile's advertised host, or realm. */
  readonly fromHost?: string;
  readonly headers?: ExtraHeaders;
  /** How long it may ring before it is cancelled, 1,000–300,000 ms; default 60,000. Fails with status 408 then. */
  readonly ringTimeoutMs?: number;
  /** 1–255, default 70. Pass the caller's value less one when a call is passed on, so that loops through others end. */
  readonly maxForwards?: number;
  /** For a peer that challenges our INVITE (401/407). */
  readonly credentials?: { readonly user: string; readonly password: string };
}

/** Why an outgoing INVITE did not become a call. */
export interface InviteFailure {
  /** The peer's final status, or ours: 408 no answer in time, 480 not registered, 487 cancelled, 503 not reachable. */
  readonly status: number;
  readonly reason: string;
  readonly q850?: number;
  /** `remote`: the peer said so. `local`: we did. */
  readonly by: 'remote' | 'local';
  readonly cause: 'refused' | 'cancelled' | 'ring-timeout' | 'unregistered' | 'unreachable' | 'no-answer' | 'closed';
}

/**
 * What the core hears of an outgoing INVITE. Exactly one of `onAnswered` and `onFailed` comes, once.
 * A fork downstream may bring several ringing/early media with differing `forkTag`; only the first 2xx becomes the call, others get ACK and BYE.
 */
export interface OutgoingInviteListener extends CallListener {
  /** 180–182, 183 without SDP. */
  onRinging?(status: number, forkTag: string): void;
  onEarlyMedia?(sdp: string, forkTag: string, status: number): void;
  onAnswered(call: SipCall, sdp: string): void;
  onFailed(failure: InviteFailure): void;
}

export interface OutgoingInvite {
  readonly callId: string;
  /** CANCEL as soon as it is allowed; an answer that crosses gets ACK and BYE. `onFailed` comes with 487. Idempotent. */
  cancel(): void;
}

/** One contact of a user, alive now. */
export interface Binding {
  readonly user: string;
  /** The contact URI as registered. */
  readonly contact: string;
  readonly profile: string;
  /** Where it is reached; for `tcp` and `ws` the connection it registered on. */
  readonly flow: SocketAddress;
  readonly userAgent: string;
  /** 0–1, default 1. */
  readonly q: number;
  readonly expiresAtMs: number;
  readonly registeredAtMs: number;
}

export interface RegistrationEvent {
  /** `refreshed` is the same contact again; `expired` also when its connection closed. */
  readonly kind: 'registered' | 'refreshed' | 'unregistered' | 'expired';
  readonly binding: Binding;
  /** Bindings that the user has left, this one included when it is alive. */
  readonly bindingsLeft: number;
}

/** Limits on everything that comes from outside. See {@link DEFAULT_SIP_LIMITS} for the values. */
export interface SipLimits {
  readonly messageBytes: number;
  readonly headerBytes: number;
  readonly headerCount: number;
  readonly bodyBytes: number;
  readonly sdpBytes: number;
  readonly serverTransactions: number;
  /** INVITE transactions without a final answer, per source address. */
  readonly pendingInvitesPerSource: number;
  readonly connections: number;
  readonly connectionsPerSource: number;
  readonly connectionIdleMs: number;
  readonly nonces: number;
  readonly nonceLifeMs: number;
  readonly users: number;
  readonly bindingsPerUser: number;
  readonly minExpiresSec: number;
  readonly maxExpiresSec: number;
  /** Failed digests of one user from one address in `failedDigestWindowMs` before it is answered 503 unseen; per address ten times that. */
  readonly failedDigests: number;
  readonly failedDigestWindowMs: number;
  readonly calls: number;
}

/** Base times of RFC 3261 §17; tests make them shorter. */
export interface SipTimes {
  readonly t1Ms: number;
  readonly t2Ms: number;
  readonly t4Ms: number;
}

export interface SipStackOptions {
  readonly clock?: Clock;
  readonly logger?: Logger;
  readonly lookUpPassword: LookUpPassword;
  /** A first INVITE that passed admission. Must end it at last; a throw answers 500. */
  readonly onInvite: (invite: IncomingInvite) => void;
  readonly onRegistration?: (event: RegistrationEvent) => void;
  /** `Server` and `User-Agent`; default `Tandem`. */
  readonly productName?: string;
  readonly limits?: Partial<SipLimits>;
  readonly times?: Partial<SipTimes>;
}

/** What was counted since the start; for gauges and tests. */
export const SIP_COUNTERS = [
  'messagesIn',
  'messagesOut',
  'messagesMalformed',
  'messagesDropped',
  'invitesForbidden',
  'floodRefused',
  'digestFailed',
  'digestBlocked',
  'retransmitsIn',
  'retransmitsOut',
] as const;
export type SipCounter = (typeof SIP_COUNTERS)[number];

export interface SipGauges {
  readonly counters: Readonly<Record<SipCounter, number>>;
  readonly clientTransactions: number;
  readonly serverTransactions: number;
  readonly dialogs: number;
  readonly connections: number;
  readonly bindings: number;
  readonly nonces: number;
}

/** The SIP side of the embedded switch. */
export interface SipStack {
  /** Binds the listeners of a profile; all or none. Fails with `request.invalid` (bad options) or `switch.refused` (cannot bind). */
  openProfile(options: ProfileOptions): Promise<OpenProfile>;
  /** Never throws for the peer's faults: these come by `onFailed`, not before this returned. Bad arguments throw `request.invalid`. */
  invite(request: OutgoingInviteRequest, listener: OutgoingInviteListener): OutgoingInvite;
  /** Live bindings of a user, best first. */
  bindings(user: string): readonly Binding[];
  /** All live bindings, at most `limits.users × limits.bindingsPerUser`. */
  allBindings(): readonly Binding[];
  /** Forgets a user's bindings (password changed, shift ended). Returns how many there were. */
  unregister(user: string): number;
  gauges(): SipGauges;
  /** Sends BYE on live calls (waits at most 1,000 ms), then closes everything. Idempotent. */
  close(): Promise<void>;
}
