import type { RtpSession } from './rtp-session.ts';
import { answerTo, type Direction, readSdp, writeSdp } from './sdp.ts';
import { header, newToken, type SipMessage, sequence, tagOf, uriOf } from './sip-message.ts';

/** How a call ended: by whom, and with which status when it never was a call. */
export interface CallEnd {
  readonly by: 'us' | 'them';
  readonly status?: number;
}

/** What a call asks of its phone. */
export interface PhoneTransport {
  readonly user: string;
  readonly contact: string;
  /** Sends a request within or to begin the call and gives its final response; signs it when it is challenged. */
  request(call: PhoneCall, method: string, body?: string): Promise<SipMessage>;
  acknowledge(call: PhoneCall, response: SipMessage): void;
  cancel(call: PhoneCall): void;
  respond(call: PhoneCall, request: SipMessage, status: number, body?: string): void;
  forget(call: PhoneCall): void;
}

/** How loud a tone must be to be heard, and how quiet to be gone; the phones send at a quarter of full scale. */
const HEARD = 0.03;
const GONE = 0.006;

/** One call of a test phone. */
export class PhoneCall {
  readonly id: string;
  readonly sound: RtpSession;
  readonly #transport: PhoneTransport;
  readonly localTag = newToken();
  remoteTag: string | undefined;
  /** Where requests within the call go, and to whom they are addressed. */
  target: string;
  readonly remoteUri: string;
  readonly incoming: SipMessage | undefined;
  sequence = 1;
  state: 'ringing' | 'up' | 'ended' = 'ringing';
  /** The phone was put on hold by the other side. */
  heldByThem = false;
  #sdpVersion = 1;
  readonly answered: Promise<void>;
  readonly ended: Promise<CallEnd>;
  #resolveAnswered: () => void = () => undefined;
  #resolveEnded: (end: CallEnd) => void = () => undefined;

  constructor(transport: PhoneTransport, sound: RtpSession, remoteUri: string, incoming?: SipMessage) {
    this.#transport = transport;
    this.sound = sound;
    this.remoteUri = remoteUri;
    this.incoming = incoming;
    this.id = incoming ? header(incoming, 'call-id') : newToken();
    this.target = incoming ? uriOf(header(incoming, 'contact')) : remoteUri;
    this.remoteTag = incoming ? tagOf(header(incoming, 'from')) : undefined;
    this.answered = new Promise((resolve) => {
      this.#resolveAnswered = resolve;
    });
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
  }

  /** A header of the INVITE that came in, e.g. `x-contact-id`. */
  invitedWith(name: string): string {
    return this.incoming ? header(this.incoming, name.toLowerCase()) : '';
  }

  /** Dials. Used by the phone. */
  async dial(): Promise<void> {
    const response = await this.#transport.request(this, 'INVITE', this.#sdp('sendrecv'));
    this.takeResponse(response);
  }

  takeResponse(response: SipMessage): void {
    const status = response.status ?? 500;
    this.remoteTag = tagOf(header(response, 'to')) ?? this.remoteTag;
    if (status >= 300) {
      this.finish({ by: 'them', status });
      return;
    }
    this.target = uriOf(header(response, 'contact')) || this.target;
    this.#transport.acknowledge(this, response);
    if (this.state === 'ended') {
      void this.#transport.request(this, 'BYE').catch(() => undefined);
      return;
    }
    this.#begin(response.body);
  }

  /** Early media or the answer: sound flows. */
  hear(body: string): void {
    if (body === '') return;
    const remote = readSdp(body);
    this.sound.sending = remote.direction === 'sendrecv' || remote.direction === 'recvonly';
    this.heldByThem = !this.sound.sending;
    if (remote.port > 0) this.sound.start(remote, remote.eventPayload);
  }

  answer(): void {
    if (this.state !== 'ringing' || !this.incoming) return;
    this.hear(this.incoming.body);
    this.#transport.respond(this, this.incoming, 200, this.#sdp('sendrecv'));
    this.state = 'up';
    this.#resolveAnswered();
  }

  /** Refuses with a status, e.g. 486 busy, 603 declined. */
  reject(status: number): void {
    if (this.state !== 'ringing' || !this.incoming) return;
    this.#transport.respond(this, this.incoming, status);
    this.finish({ by: 'us', status });
  }

  async hangUp(): Promise<void> {
    if (this.state === 'ended') return;
    if (this.state === 'ringing') {
      if (this.incoming) this.reject(603);
      else this.#transport.cancel(this);
      return;
    }
    this.finish({ by: 'us' });
    await this.#transport.request(this, 'BYE').catch(() => undefined);
  }

  /** Vanishes without a word: no BYE, no answers, no sound. */
  vanish(): void {
    this.finish({ by: 'us' });
  }

  sendDigits(digits: string): void {
    this.sound.sendDigits(digits);
  }

  async hold(): Promise<void> {
    await this.#renegotiate('sendonly');
  }

  async unhold(): Promise<void> {
    await this.#renegotiate('sendrecv');
  }

  /** Resolves when the tone is heard; fails after `patienceMs`. */
  untilHears(hz: number, patienceMs = 5000): Promise<void> {
    return this.#until(`hears ${hz} Hz`, patienceMs, () => this.sound.level(hz) > HEARD);
  }

  /** Resolves when nothing of the tone is left, which silence and a lack of packets both are. */
  untilLoses(hz: number, patienceMs = 5000): Promise<void> {
    let packets = this.sound.packetsReceived;
    let sinceMs = performance.now();
    return this.#until(`no longer hears ${hz} Hz`, patienceMs, () => {
      if (this.sound.packetsReceived !== packets) {
        packets = this.sound.packetsReceived;
        sinceMs = performance.now();
      }
      return this.sound.level(hz) < GONE || performance.now() - sinceMs > 300;
    });
  }

  untilDigits(digits: string, patienceMs = 5000): Promise<void> {
    return this.#until(`gets the digits ${digits}`, patienceMs, () => this.sound.digitsHeard.endsWith(digits));
  }

  /** A request within the call. Used by the phone. */
  takeRequest(request: SipMessage): void {
    switch (request.method) {
      case 'BYE':
        this.#transport.respond(this, request, 200);
        this.finish({ by: 'them' });
        return;
      case 'INVITE': {
        const offer = readSdp(request.body);
        this.hear(request.body);
        this.#transport.respond(this, request, 200, this.#sdp(answerTo(offer.direction)));
        return;
      }
      case 'CANCEL':
        this.#transport.respond(this, request, 200);
        if (this.state === 'ringing' && this.incoming) {
          this.#transport.respond(this, this.incoming, 487);
          this.finish({ by: 'them', status: 487 });
        }
        return;
      case 'ACK':
        return;
      default:
        this.#transport.respond(this, request, 200);
    }
  }

  finish(end: CallEnd): void {
    if (this.state === 'ended') return;
    this.state = 'ended';
    this.sound.close();
    this.#transport.forget(this);
    this.#resolveEnded(end);
  }

  nextSequence(response?: SipMessage): number {
    return response ? sequence(response) : ++this.sequence;
  }

  #begin(body: string): void {
    this.hear(body);
    this.state = 'up';
    this.#resolveAnswered();
  }

  #sdp(direction: Direction): string {
    return writeSdp(this.sound.port, this.#sdpVersion++, direction);
  }

  async #renegotiate(direction: Direction): Promise<void> {
    const response = await this.#transport.request(this, 'INVITE', this.#sdp(direction));
    if ((response.status ?? 500) < 300) this.#transport.acknowledge(this, response);
  }

  #until(what: string, patienceMs: number, holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        if (!holds()) return;
        stop();
        resolve();
      };
      const stopWatching = this.sound.onPacket(check);
      const poll = setInterval(check, 50);
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`${this.#transport.user} never ${what}`));
      }, patienceMs);
      const stop = (): void => {
        stopWatching();
        clearInterval(poll);
        clearTimeout(timer);
      };
      check();
    });
  }
}
