import type { Clock, Timer } from '../../../../config/clock.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import { serialise } from '../message/serialise.ts';
import type { SipTimes } from '../stack.ts';
import type { Flow } from '../transport/flow.ts';

export interface ClientTransactionHost {
  readonly clock: Clock;
  readonly times: SipTimes;
  retransmitted(): void;
  ended(transaction: ClientTransaction): void;
}

/** What the owner of a client transaction hears. `timeout` stands for timers B and F, `unreachable` for a dead flow. */
export interface ClientTransactionUser {
  response(response: SipResponse): void;
  failed(why: 'timeout' | 'unreachable'): void;
}

/**
 * A client transaction: INVITE (RFC 3261 §17.1.1 with the Accepted state of RFC 6026) or any other (§17.1.2).
 *
 * ```
 * INVITE:      calling ──1xx──▶ proceeding ──2xx──▶ accepted ──M (64·T1)──▶ terminated    (each 2xx goes up: forks, repeats)
 *                 │ └─────2xx──────────────────────▲
 *                 │ 300–699 (from proceeding too): ACK ──▶ completed ──D (64·T1, 0 reliable)──▶ terminated
 *                 │ A (T1, 2·T1, 4·T1 … unreliable): repeat     B (64·T1 without any answer): timeout ──▶ terminated
 *
 * non-INVITE:  trying ──1xx──▶ proceeding ──200–699──▶ completed ──K (T4, 0 reliable)──▶ terminated
 *                 └────────200–699───────────────────▲
 *                 E (T1 → T2; T2 in proceeding, unreliable): repeat     F (64·T1): timeout ──▶ terminated
 * ```
 */
export class ClientTransaction {
  readonly branch: string;
  readonly request: SipRequest;
  readonly flow: Flow;
  state: 'trying' | 'proceeding' | 'accepted' | 'completed' | 'terminated' = 'trying';
  readonly #isInvite: boolean;
  readonly #bytes: Buffer;
  readonly #host: ClientTransactionHost;
  readonly #user: ClientTransactionUser;
  #ack: Buffer | undefined;
  #repeat: Timer | undefined;
  #deadline: Timer | undefined;

  constructor(
    branch: string,
    request: SipRequest,
    flow: Flow,
    host: ClientTransactionHost,
    user: ClientTransactionUser,
  ) {
    this.branch = branch;
    this.request = request;
    this.flow = flow;
    this.#isInvite = request.method === 'INVITE';
    this.#host = host;
    this.#user = user;
    this.#bytes = serialise(request);
  }

  start(): void {
    if (!this.flow.send(this.#bytes)) {
      this.#host.clock.after(0, () => this.#fail('unreachable'));
      return;
    }
    this.#deadline = this.#host.clock.after(64 * this.#host.times.t1Ms, () => this.#fail('timeout'));
    if (!this.flow.reliable) this.#repeatRequest(this.#host.times.t1Ms);
  }

  /** A response with our branch. `makeAck` builds the ACK of a failed INVITE. */
  receive(response: SipResponse, makeAck: (request: SipRequest, response: SipResponse) => Buffer): void {
    if (this.state === 'terminated') return;
    if (this.state === 'completed') {
      if (this.#ack && response.status >= 300) this.flow.send(this.#ack);
      return;
    }
    if (this.state === 'accepted') {
      if (response.status >= 200 && response.status < 300) this.#user.response(response);
      return;
    }
    if (response.status < 200) {
      this.state = 'proceeding';
      if (this.#isInvite) {
        this.#repeat?.cancel();
        this.#deadline?.cancel();
      }
    } else this.#finish(response, makeAck);
    this.#user.response(response);
  }

  /** The flow died: nothing more can come on it. */
  flowClosed(): void {
    if (this.state === 'trying' || this.state === 'proceeding') this.#fail('unreachable');
  }

  terminate(): void {
    if (this.state === 'terminated') return;
    this.state = 'terminated';
    this.#repeat?.cancel();
    this.#deadline?.cancel();
    this.#host.ended(this);
  }

  #finish(response: SipResponse, makeAck: (request: SipRequest, response: SipResponse) => Buffer): void {
    this.#repeat?.cancel();
    const { t1Ms, t4Ms } = this.#host.times;
    if (!this.#isInvite) {
      this.#endIn('completed', this.flow.reliable ? 0 : t4Ms);
      return;
    }
    if (response.status < 300) {
      this.#endIn('accepted', 64 * t1Ms);
      return;
    }
    this.#ack = makeAck(this.request, response);
    this.flow.send(this.#ack);
    this.#endIn('completed', this.flow.reliable ? 0 : 64 * t1Ms);
  }

  #endIn(state: 'accepted' | 'completed', delayMs: number): void {
    this.state = state;
    this.#deadline?.cancel();
    this.#deadline = this.#host.clock.after(delayMs, () => this.terminate());
  }

  #fail(why: 'timeout' | 'unreachable'): void {
    if (this.state === 'terminated') return;
    this.terminate();
    this.#user.failed(why);
  }

  #repeatRequest(delayMs: number): void {
    this.#repeat = this.#host.clock.after(delayMs, () => {
      this.#host.retransmitted();
      this.flow.send(this.#bytes);
      const { t2Ms } = this.#host.times;
      const next = this.#isInvite ? delayMs * 2 : this.state === 'proceeding' ? t2Ms : Math.min(delayMs * 2, t2Ms);
      this.#repeatRequest(next);
    });
  }
}
