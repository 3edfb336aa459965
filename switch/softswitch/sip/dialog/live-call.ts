import type { Timer } from '../../../../config/clock.ts';
import type { Core } from '../core.ts';
import type {
  CallEnd,
  CallEndReason,
  CallListener,
  ExtraHeaders,
  ReinviteOutcome,
  RequestOutcome,
  SipCall,
  SocketAddress,
} from '../stack.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';
import type { Flow } from '../transport/flow.ts';

/** A 2xx of ours that is repeated until its ACK comes (RFC 3261 §13.3.1.4). */
export interface AwaitedAck {
  acknowledged(sdp: string | undefined): void;
  cancel(): void;
}

/** What a dialog starts with (RFC 3261 §12.1). Local and remote are as header values without tag. */
export interface DialogStart {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  readonly direction: 'inbound' | 'outbound';
  readonly localParty: string;
  readonly remoteParty: string;
  readonly localSeq: number;
  readonly remoteSeq: number;
  readonly routeSet: readonly string[];
  readonly remoteTarget: string;
  readonly flow: Flow;
  readonly localSdp: string;
  readonly remoteSdp: string;
  /** Methods of the peer's Allow header; empty when it sent none. */
  readonly peerAllows: readonly string[];
}

/** The verbs of a call, each in its own file of this folder; see `call-verbs.ts`. */
export interface CallVerbs {
  bye(call: LiveCall, reason: CallEndReason, options?: ByeOptions): Promise<void>;
  reinvite(call: LiveCall, sdp: string): Promise<ReinviteOutcome>;
  info(call: LiveCall, contentType: string, body: string): Promise<RequestOutcome>;
  refer(call: LiveCall, referTo: string, onNotify: (status: number) => void): Promise<RequestOutcome>;
}

export interface ByeOptions {
  readonly q850?: number;
  readonly text?: string;
  readonly headers?: ExtraHeaders;
}

/** A dialog and the call that it carries. Holds state; each verb is a function in this folder. */
export class LiveCall implements SipCall {
  readonly core: Core;
  readonly #verbs: CallVerbs;
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  readonly direction: 'inbound' | 'outbound';
  readonly localParty: string;
  readonly remoteParty: string;
  readonly routeSet: readonly string[];
  /** Where the peer was last heard, when it is a phone; a trunk's stays. */
  flow: Flow;
  readonly listener: CallListener;
  readonly peerAllows: readonly string[];
  localSeq: number;
  remoteSeq: number;
  remoteTarget: string;
  localSdp: string;
  remoteSdp: string;
  ended = false;
  /** Set when the owner of the call wants to hear of the end before the listener (an answer that waits for ACK). */
  onEnded: ((end: CallEnd) => boolean) | undefined;
  /** An offer of ours, or one of the peer's, has no answer yet. */
  offerPending: 'local' | 'remote' | undefined;
  /** Offers of ours wait for each other. */
  lastReinvite: Promise<unknown> = Promise.resolve();
  /** An INVITE of the peer inside the dialog that has no final answer. */
  remoteInvite: ServerTransaction | undefined;
  readonly awaitedAcks = new Map<number, AwaitedAck>();
  /** ACKs that we sent to 2xx, by CSeq: a repeated 2xx gets the same again. Only the newest is kept. */
  lastAck: { readonly cseq: number; readonly bytes: Buffer; readonly flow: Flow } | undefined;
  sessionTimer: Timer | undefined;
  byeSent: Promise<void> | undefined;
  referSeq = 0;
  onNotify: ((status: number) => void) | undefined;

  constructor(core: Core, verbs: CallVerbs, start: DialogStart, listener: CallListener) {
    this.core = core;
    this.#verbs = verbs;
    this.callId = start.callId;
    this.localTag = start.localTag;
    this.remoteTag = start.remoteTag;
    this.direction = start.direction;
    this.localParty = start.localParty;
    this.remoteParty = start.remoteParty;
    this.localSeq = start.localSeq;
    this.remoteSeq = start.remoteSeq;
    this.routeSet = start.routeSet;
    this.remoteTarget = start.remoteTarget;
    this.flow = start.flow;
    this.localSdp = start.localSdp;
    this.remoteSdp = start.remoteSdp;
    this.peerAllows = start.peerAllows;
    this.listener = listener;
  }

  get profile(): string {
    return this.flow.profile;
  }

  get remote(): SocketAddress {
    const { transport, host, port } = this.flow;
    return { transport, host, port };
  }

  bye(options: ByeOptions = {}): Promise<void> {
    return this.#verbs.bye(this, 'local-bye', options);
  }

  /** The peer does not know the dialog any more, or cannot be reached. */
  lost(): void {
    void this.#verbs.bye(this, 'dialog-lost');
  }

  reinvite(sdp: string): Promise<ReinviteOutcome> {
    return this.#verbs.reinvite(this, sdp);
  }

  info(contentType: string, body: string): Promise<RequestOutcome> {
    return this.#verbs.info(this, contentType, body);
  }

  sendDigit(digit: string, durationMs: number): Promise<RequestOutcome> {
    return this.#verbs.info(
      this,
      'application/dtmf-relay',
      `Signal=${digit}\r\nDuration=${Math.round(durationMs)}\r\n`,
    );
  }

  refer(referTo: string, onNotify: (status: number) => void): Promise<RequestOutcome> {
    return this.#verbs.refer(this, referTo, onNotify);
  }
}
