import type { Timer } from '../../../config/clock.ts';
import type { Closable, Core } from './core.ts';
import { awaitAck } from './dialog/await-ack.ts';
import { bye } from './dialog/bye.ts';
import { contactOf } from './dialog/dialog-request.ts';
import type { LiveCall } from './dialog/live-call.ts';
import { openCall } from './dialog/open-call.ts';
import { type SessionTime, startSessionTimer } from './dialog/session-timer.ts';
import { checkExtraHeaders } from './extra-headers.ts';
import { parseNameAddr, toParty } from './message/name-addr.ts';
import { serialise } from './message/serialise.ts';
import type {
  AnswerOutcome,
  CallEndReason,
  CallListener,
  ExtraHeaders,
  HeaderReader,
  IncomingInvite,
  SipParty,
  SocketAddress,
  UserVariables,
} from './stack.ts';
import { ALLOW, makeResponse, type ResponseParts, respond } from './transaction/respond.ts';
import type { ServerTransaction } from './transaction/server-transaction.ts';

/** RFC 3261 §13.3.1.1: a provisional answer is repeated each minute so that proxies keep waiting. */
const PROVISIONAL_REPEAT_MS = 60_000;
const UNANSWERED_LIMIT_MS = 600_000;

type CancelReason = 'cancelled' | 'timeout' | 'closed';

/** An INVITE that waits for the core. */
export class InviteIn implements IncomingInvite, Closable {
  readonly callId: string;
  readonly profile: string;
  readonly source: SocketAddress;
  readonly from: SipParty;
  readonly to: SipParty;
  readonly requestUri: SipParty;
  readonly headers: HeaderReader;
  readonly offer: string | undefined;
  readonly user?: { readonly name: string; readonly variables: UserVariables };
  readonly replaces?: LiveCall;
  readonly #core: Core;
  readonly #transaction: ServerTransaction;
  readonly #time: SessionTime;
  #limit: Timer;
  #repeat: Timer | undefined;
  #cancelled: CancelReason | undefined;
  #onCancelled: ((reason: CancelReason) => void) | undefined;

  constructor(
    core: Core,
    transaction: ServerTransaction,
    time: SessionTime,
    user: { readonly name: string; readonly variables: UserVariables } | undefined,
    replaces: LiveCall | undefined,
  ) {
    const { checked, flow } = transaction;
    this.#core = core;
    this.#transaction = transaction;
    this.#time = time;
    this.callId = checked.callId;
    this.profile = flow.profile;
    this.source = { transport: flow.transport, host: flow.host, port: flow.port };
    this.from = toParty(checked.from);
    this.to = toParty(checked.to);
    this.requestUri = toParty({ displayName: '', uri: checked.request.uri });
    this.headers = checked.request.headers;
    this.offer = checked.request.body.length > 0 ? checked.request.body.toString('utf8') : undefined;
    if (user) this.user = user;
    if (replaces) this.replaces = replaces;
    core.attempts.add(this);
    transaction.onCancel = () => this.#giveUp('cancelled');
    this.#limit = core.clock.after(UNANSWERED_LIMIT_MS, () => {
      this.#respond(480);
      this.#giveUp('timeout');
    });
  }

  get ended(): boolean {
    return !this.#transaction.open;
  }

  ring(headers?: ExtraHeaders): void {
    this.#provisional(180, { headers: checkExtraHeaders(headers) });
  }

  progress(sdp: string): void {
    this.#provisional(183, { body: { type: 'application/sdp', content: sdp } });
  }

  reject(status: number, reason?: string, headers?: ExtraHeaders): void {
    const sound = Number.isInteger(status) && status >= 300 && status <= 699 ? status : 500;
    this.#respond(sound, {
      headers: checkExtraHeaders(headers),
      ...(reason === undefined ? {} : { reason: reason.replace(/[^ -~]/g, ' ').slice(0, 128) }),
    });
    this.#settle();
  }

  answer(sdp: string, listener: CallListener, headers?: ExtraHeaders): Promise<AnswerOutcome> {
    const extra = checkExtraHeaders(headers);
    if (this.#cancelled !== undefined || this.ended) {
      const reason = this.#cancelled === 'closed' ? 'closed' : 'cancelled';
      return Promise.resolve({ kind: 'ended', reason });
    }
    const { request, cseq } = this.#transaction.checked;
    const bytes = serialise(
      makeResponse(this.#core, request, 200, {
        toTag: this.#transaction.localTag,
        headers: [...this.#dialogHeaders(), ...(this.#time.kind === 'agreed' ? this.#time.headers : []), ...extra],
        body: { type: 'application/sdp', content: sdp },
      }),
    );
    const call = this.#openCall(sdp, listener);
    this.#settle();
    return new Promise((resolve) => {
      call.onEnded = (end) => {
        resolve({ kind: 'ended', reason: endReason(end.reason) });
        return true;
      };
      awaitAck(
        call,
        cseq.number,
        () => this.#transaction.flow.send(bytes),
        (ackSdp) => {
          call.onEnded = undefined;
          if (this.offer === undefined) call.remoteSdp = ackSdp ?? '';
          resolve({ kind: 'confirmed', call, remoteSdp: call.remoteSdp });
        },
        () => void bye(call, 'no-ack'),
      );
      this.#transaction.respond(200, bytes);
      startSessionTimer(call, this.#time);
    });
  }

  onCancelled(listener: (reason: CancelReason) => void): void {
    if (this.#cancelled === undefined) this.#onCancelled = listener;
    else listener(this.#cancelled);
  }

  /** The profile closes. */
  close(): void {
    this.#respond(503);
    this.#giveUp('closed');
  }

  #openCall(sdp: string, listener: CallListener): LiveCall {
    const { request, from, to, callId, cseq } = this.#transaction.checked;
    const contact = request.headers.list('Contact')[0];
    return openCall(
      this.#core,
      {
        callId,
        localTag: this.#transaction.localTag,
        remoteTag: from.params.get('tag') ?? '',
        direction: 'inbound',
        localParty: `<${to.uri}>`,
        remoteParty: `<${from.uri}>`,
        localSeq: 0,
        remoteSeq: cseq.number,
        routeSet: request.headers.list('Record-Route'),
        remoteTarget: (contact === undefined ? undefined : parseNameAddr(contact)?.uri) ?? from.uri,
        flow: this.#transaction.flow,
        localSdp: sdp,
        remoteSdp: this.offer ?? '',
        peerAllows: request.headers.list('Allow').map((method) => method.toUpperCase()),
      },
      listener,
    );
  }

  #dialogHeaders(): readonly (readonly [string, string])[] {
    return [
      ['Contact', contactOf(this.#transaction.flow)],
      ['Allow', ALLOW],
      ['Supported', 'timer, replaces'],
    ];
  }

  #provisional(status: number, parts: ResponseParts): void {
    if (this.ended) return;
    const send = (): void => {
      this.#respond(status, { ...parts, headers: [...this.#dialogHeaders(), ...(parts.headers ?? [])] });
      this.#repeat = this.#core.clock.after(PROVISIONAL_REPEAT_MS, send);
    };
    this.#repeat?.cancel();
    send();
  }

  #respond(status: number, parts: ResponseParts = {}): void {
    respond(this.#core, this.#transaction, status, parts);
  }

  #settle(): void {
    this.#limit.cancel();
    this.#repeat?.cancel();
    this.#core.attempts.delete(this);
    this.#transaction.onCancel = undefined;
  }

  #giveUp(reason: CancelReason): void {
    if (this.#cancelled !== undefined) return;
    this.#cancelled = reason;
    this.#settle();
    try {
      this.#onCancelled?.(reason);
    } catch (error) {
      this.#core.log.error({ err: error, profile: this.profile }, 'a SIP invite listener threw');
    }
  }
}

function endReason(reason: CallEndReason): 'no-ack' | 'remote-bye' | 'local-bye' | 'closed' {
  return reason === 'session-expired' || reason === 'dialog-lost' ? 'no-ack' : reason;
}
