import type { Timer } from '../../../config/clock.ts';
import { answerChallenge } from './access/digest.ts';
import { type Closable, type Core, randomToken } from './core.ts';
import { bye } from './dialog/bye.ts';
import { contactOf } from './dialog/dialog-request.ts';
import type { LiveCall } from './dialog/live-call.ts';
import { openCall } from './dialog/open-call.ts';
import { repeatAck, sendAck } from './dialog/send-ack.ts';
import { checkExtraHeaders } from './extra-headers.ts';
import { type Route, routeTo } from './invite-target.ts';
import { Headers } from './message/headers.ts';
import type { SipResponse } from './message/message.ts';
import { parseNameAddr } from './message/name-addr.ts';
import { quote } from './message/params.ts';
import { q850Cause } from './message/reasons.ts';
import { escapeUser, uriHost } from './message/sip-uri.ts';
import type { InviteFailure, OutgoingInvite, OutgoingInviteListener, OutgoingInviteRequest } from './stack.ts';
import type { ClientTransaction } from './transaction/client-transaction.ts';
import { ALLOW } from './transaction/respond.ts';
import { sendCancel, sendRequest } from './transaction/send-request.ts';
import type { Flow } from './transport/flow.ts';

/** Answers of one INVITE that are followed; a peer that forks more is left to its own timers. */
const FORKS_LIMIT = 16;

/** An INVITE of ours until it became a call or failed (RFC 3261 §13.2). */
export class InviteOut implements OutgoingInvite, Closable {
  readonly callId = `${randomToken()}${randomToken()}`;
  readonly profile: string;
  readonly #core: Core;
  readonly #request: OutgoingInviteRequest;
  readonly #listener: OutgoingInviteListener;
  readonly #extra: readonly [string, string][];
  readonly #localTag = randomToken();
  readonly #forks = new Map<string, LiveCall>();
  readonly #earlySdp = new Map<string, string>();
  #cseq = 1;
  #route: Route | undefined;
  #way = 0;
  #transaction: ClientTransaction | undefined;
  #provisional = false;
  #triedCredentials = false;
  #over = false;
  #cancelSent = false;
  #ringLimit: Timer | undefined;

  constructor(core: Core, request: OutgoingInviteRequest, listener: OutgoingInviteListener) {
    this.#core = core;
    this.#request = request;
    this.#listener = listener;
    this.#extra = checkExtraHeaders(request.headers);
    this.profile = request.profile;
    core.attempts.add(this);
  }

  /** Starts; nothing is told before the caller of this returned. */
  async start(): Promise<void> {
    this.#ringLimit = this.#core.clock.after(this.#request.ringTimeoutMs ?? 60_000, () => {
      this.#abandon({ status: 408, reason: 'No Answer In Time', by: 'local', cause: 'ring-timeout' });
    });
    if (this.#core.calls.size + this.#core.attempts.size > this.#core.limits.calls) {
      this.#failHere(503, 'Too Many Calls', 'unreachable');
      return;
    }
    const route = await routeTo(this.#core, this.#request);
    if (this.#over) return;
    if (route.kind === 'unregistered') this.#failHere(480, 'Not Registered', 'unregistered');
    else if (route.kind === 'unreachable') this.#failHere(503, 'Not Reachable', 'unreachable');
    else {
      this.#route = route;
      await this.#tryWay();
    }
  }

  cancel(): void {
    this.#abandon({ status: 487, reason: 'Cancelled', by: 'local', cause: 'cancelled' });
  }

  close(): void {
    this.#abandon({ status: 503, reason: 'Closed', by: 'local', cause: 'closed' });
  }

  async #tryWay(): Promise<void> {
    const flow = await this.#route?.ways[this.#way]?.();
    if (this.#over) return;
    if (flow) this.#send(flow);
    else this.#tryNextOr({ status: 503, reason: 'Not Reachable', by: 'local', cause: 'unreachable' });
  }

  /** RFC 3261 §8.1.3.1, RFC 3263 §4.3: another address may do what this one could not. */
  #tryNextOr(failure: InviteFailure): void {
    this.#way++;
    if (this.#way >= (this.#route?.ways.length ?? 0)) {
      this.#fail(failure);
      return;
    }
    this.#cseq++;
    void this.#tryWay();
  }

  #send(flow: Flow, credentials?: readonly [string, string]): void {
    const { requestUri, toUri } = this.#route!;
    const { offer, maxForwards } = this.#request;
    const headers = new Headers()
      .add('Max-Forwards', String(maxForwards ?? 70))
      .add('From', `${this.#fromParty(flow)};tag=${this.#localTag}`)
      .add('To', `<${toUri}>`)
      .add('Call-ID', this.callId)
      .add('CSeq', `${this.#cseq} INVITE`)
      .add('Contact', contactOf(flow))
      .add('Allow', ALLOW)
      .add('Supported', 'replaces')
      .add('User-Agent', this.#core.productName);
    for (const [name, value] of this.#extra) headers.add(name, value);
    if (credentials) headers.add(credentials[0], credentials[1]);
    headers.add('Content-Type', 'application/sdp');
    this.#provisional = false;
    const draft = { method: 'INVITE', uri: requestUri, headers, body: Buffer.from(offer, 'utf8') };
    this.#transaction = sendRequest(this.#core, draft, flow, {
      response: (response) => this.#take(response, flow),
      failed: (why) => {
        const cause = why === 'timeout' ? 'no-answer' : 'unreachable';
        const failure = { status: why === 'timeout' ? 408 : 503, reason: 'No Response', by: 'local', cause } as const;
        if (!this.#over) this.#tryNextOr(failure);
      },
    });
  }

  #take(response: SipResponse, flow: Flow): void {
    if (response.status < 200) this.#takeProvisional(response);
    else if (response.status < 300) void this.#takeAnswer(response, flow);
    else if (!this.#over) this.#takeFailure(response, flow);
  }

  #takeProvisional(response: SipResponse): void {
    this.#provisional = true;
    if (this.#over) {
      this.#sendCancelOnce();
      return;
    }
    if (response.status === 100) return;
    const tag = tagOf(response);
    const sdp = response.body.length > 0 ? response.body.toString('utf8') : undefined;
    if (sdp === undefined) {
      this.#tell(() => this.#listener.onRinging?.(response.status, tag));
      return;
    }
    if (this.#earlySdp.size < FORKS_LIMIT) this.#earlySdp.set(tag, sdp);
    this.#tell(() => this.#listener.onEarlyMedia?.(sdp, tag, response.status));
  }

  /** Each 2xx makes a dialog; the first one is the call, others are acknowledged and ended (RFC 3261 §13.2.2.4). */
  async #takeAnswer(response: SipResponse, flow: Flow): Promise<void> {
    const tag = tagOf(response);
    const cseq = Number((response.headers.get('CSeq') ?? '').split(/\s+/)[0]);
    const known = this.#forks.get(tag);
    if (known) return repeatAck(known, cseq);
    if (this.#forks.size >= FORKS_LIMIT) return;
    const wanted = !this.#over;
    const sdp = response.body.length > 0 ? response.body.toString('utf8') : (this.#earlySdp.get(tag) ?? '');
    const call = openCall(this.#core, this.#dialog(response, tag, cseq, flow, sdp), wanted ? this.#listener : {});
    this.#forks.set(tag, call);
    if (wanted) this.#settle();
    const acknowledged = sendAck(call, cseq);
    if (wanted) this.#tell(() => this.#listener.onAnswered(call, sdp));
    else {
      await acknowledged;
      await bye(call, 'local-bye');
    }
  }

  #takeFailure(response: SipResponse, flow: Flow): void {
    const q850 = q850Cause(response.headers.getAll('Reason'));
    const failure: InviteFailure = {
      status: response.status,
      reason: response.reason.slice(0, 128),
      by: 'remote',
      cause: 'refused',
      ...(q850 === undefined ? {} : { q850 }),
    };
    const isChallenge = response.status === 401 || response.status === 407;
    const answer = isChallenge && !this.#triedCredentials ? this.#answerChallenge(response) : undefined;
    if (answer) {
      this.#triedCredentials = true;
      this.#cseq++;
      this.#send(flow, answer);
    } else if (response.status === 503) this.#tryNextOr(failure);
    else this.#fail(failure);
  }

  #answerChallenge(response: SipResponse): readonly [string, string] | undefined {
    const { credentials } = this.#request;
    if (!credentials || !this.#route) return undefined;
    const isProxy = response.status === 407;
    const request = { method: 'INVITE', uri: this.#route.requestUri };
    for (const challenge of response.headers.getAll(isProxy ? 'Proxy-Authenticate' : 'WWW-Authenticate')) {
      const value = answerChallenge(challenge, request, credentials, randomToken());
      if (value !== undefined) return [isProxy ? 'Proxy-Authorization' : 'Authorization', value];
    }
    return undefined;
  }

  #dialog(response: SipResponse, tag: string, cseq: number, flow: Flow, sdp: string) {
    const contact = response.headers.list('Contact')[0];
    const { requestUri, toUri } = this.#route!;
    return {
      callId: this.callId,
      localTag: this.#localTag,
      remoteTag: tag,
      direction: 'outbound',
      localParty: this.#fromParty(flow),
      remoteParty: `<${toUri}>`,
      localSeq: cseq,
      remoteSeq: 0,
      routeSet: [...response.headers.list('Record-Route')].reverse(),
      remoteTarget: (contact === undefined ? undefined : parseNameAddr(contact)?.uri) ?? requestUri,
      flow,
      localSdp: this.#request.offer,
      remoteSdp: sdp,
      peerAllows: response.headers.list('Allow').map((method) => method.toUpperCase()),
    } as const;
  }

  #fromParty(flow: Flow): string {
    const { fromUser, fromDisplayName, fromHost } = this.#request;
    const profile = this.#core.profiles.get(this.profile);
    const own = profile?.admission.kind === 'agents' ? profile.admission.realm : uriHost(flow.localHost);
    const name =
      fromDisplayName === undefined ? '' : `${quote(fromDisplayName.replace(/\p{Cc}/gu, ' ').slice(0, 128))} `;
    return `${name}<sip:${escapeUser(fromUser || 'anonymous')}@${fromHost ?? profile?.advertisedHost ?? own}>`;
  }

  #sendCancelOnce(): void {
    if (this.#cancelSent || !this.#transaction || !this.#provisional) return;
    this.#cancelSent = true;
    const transaction = this.#transaction;
    sendCancel(this.#core, transaction);
    // A peer that confirms the CANCEL and never ends the INVITE (RFC 3261 §9.1).
    this.#core.clock.after(64 * this.#core.times.t1Ms, () => {
      if (transaction.state === 'proceeding') transaction.terminate();
    });
  }

  #abandon(failure: InviteFailure): void {
    if (this.#over) return;
    this.#settle();
    this.#sendCancelOnce();
    queueMicrotask(() => this.#tell(() => this.#listener.onFailed(failure)));
  }

  #failHere(status: number, reason: string, cause: InviteFailure['cause']): void {
    this.#fail({ status, reason, by: 'local', cause });
  }

  #fail(failure: InviteFailure): void {
    if (this.#over) return;
    this.#settle();
    this.#tell(() => this.#listener.onFailed(failure));
  }

  #settle(): void {
    this.#over = true;
    this.#ringLimit?.cancel();
    this.#core.attempts.delete(this);
  }

  #tell(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#core.log.error({ err: error, profile: this.profile }, 'a SIP invite listener threw');
    }
  }
}

function tagOf(response: SipResponse): string {
  return parseNameAddr(response.headers.get('To') ?? '')?.params.get('tag') ?? '';
}
