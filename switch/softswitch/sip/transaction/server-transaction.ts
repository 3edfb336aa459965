import type { Clock, Timer } from '../../../../config/clock.ts';
import type { CheckedRequest } from '../message/validate-request.ts';
import type { SipTimes } from '../stack.ts';
import type { Flow } from '../transport/flow.ts';

/** What a server transaction needs from its table. */
export interface ServerTransactionHost {
  readonly clock: Clock;
  readonly times: SipTimes;
  retransmitted(): void;
  /** The final answer was sent, or the transaction ended without one. Once. */
  settled(): void;
  ended(transaction: ServerTransaction): void;
}

/**
 * A server transaction: INVITE (RFC 3261 §17.2.1 with the Accepted state of RFC 6026) or any other (§17.2.2).
 *
 * ```
 * INVITE:      proceeding ──2xx──▶ accepted ──L (64·T1)──▶ terminated       (the 2xx is repeated by the UAS core, not here)
 *                  │ 300–699
 *                  ▼
 *              completed ──ACK──▶ confirmed ──I (T4, 0 reliable)──▶ terminated
 *                  │ G (T1 → T2, unreliable): repeat the answer     H (64·T1): no ACK came ──▶ terminated
 *
 * non-INVITE:  trying ──1xx──▶ proceeding ──200–699──▶ completed ──J (64·T1, 0 reliable)──▶ terminated
 *                  └───────────────200–699──────────────▲   a repeated request repeats the last answer, in every state
 * ```
 */
export class ServerTransaction {
  readonly key: string;
  readonly checked: CheckedRequest;
  /** Where answers go (RFC 3261 §18.2.2, RFC 3581). */
  readonly flow: Flow;
  readonly isInvite: boolean;
  /** Our tag in To, the same in every answer. */
  readonly localTag: string;
  state: 'trying' | 'proceeding' | 'accepted' | 'completed' | 'confirmed' | 'terminated';
  /** The INVITE was cancelled before its final answer. */
  onCancel: (() => void) | undefined;
  readonly #host: ServerTransactionHost;
  #last: Buffer | undefined;
  #repeat: Timer | undefined;
  #end: Timer | undefined;

  constructor(key: string, checked: CheckedRequest, flow: Flow, localTag: string, host: ServerTransactionHost) {
    this.key = key;
    this.localTag = localTag;
    this.checked = checked;
    this.flow = flow;
    this.isInvite = checked.request.method === 'INVITE';
    this.state = this.isInvite ? 'proceeding' : 'trying';
    this.#host = host;
  }

  /** True while no final answer was sent. */
  get open(): boolean {
    return this.state === 'trying' || this.state === 'proceeding';
  }

  /** Sends an answer; after a final one nothing more is sent. Returns whether it was. */
  respond(status: number, bytes: Buffer): boolean {
    if (!this.open) return false;
    this.#last = bytes;
    this.flow.send(bytes);
    if (status >= 200) this.#host.settled();
    if (status < 200) this.state = 'proceeding';
    else if (!this.isInvite) this.#complete(this.flow.reliable ? 0 : 64 * this.#host.times.t1Ms);
    else if (status < 300) {
      this.state = 'accepted';
      this.#endAfter(64 * this.#host.times.t1Ms);
    } else {
      this.#complete(64 * this.#host.times.t1Ms);
      if (!this.flow.reliable) this.#repeatAnswer(this.#host.times.t1Ms);
    }
    return true;
  }

  /** The same request again. */
  requestAgain(): void {
    this.#host.retransmitted();
    if (this.#last && (this.state === 'proceeding' || this.state === 'completed')) this.flow.send(this.#last);
  }

  /** ACK to a final answer other than 2xx. */
  acknowledged(): void {
    if (this.state !== 'completed' || !this.isInvite) return;
    this.state = 'confirmed';
    this.#repeat?.cancel();
    this.#endAfter(this.flow.reliable ? 0 : this.#host.times.t4Ms);
  }

  terminate(): void {
    if (this.state === 'terminated') return;
    if (this.open) this.#host.settled();
    this.state = 'terminated';
    this.#repeat?.cancel();
    this.#end?.cancel();
    this.#host.ended(this);
  }

  #complete(endMs: number): void {
    this.state = 'completed';
    this.#endAfter(endMs);
  }

  #endAfter(delayMs: number): void {
    this.#end?.cancel();
    if (delayMs === 0) this.terminate();
    else this.#end = this.#host.clock.after(delayMs, () => this.terminate());
  }

  #repeatAnswer(delayMs: number): void {
    this.#repeat = this.#host.clock.after(delayMs, () => {
      if (this.state !== 'completed' || !this.#last) return;
      this.flow.send(this.#last);
      this.#repeatAnswer(Math.min(delayMs * 2, this.#host.times.t2Ms));
    });
  }
}
