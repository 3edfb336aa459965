import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { PhoneCall, type PhoneTransport } from './phone-call.ts';
import { RtpSession } from './rtp-session.ts';
import {
  cseqMethod,
  digestAnswer,
  formatSip,
  header,
  newToken,
  parseSip,
  type SipMessage,
  tagOf,
} from './sip-message.ts';

/** What a phone does when it is called. `ignore` doesn't even say 100. */
export type IncomingScript =
  | { readonly kind: 'answer' }
  | { readonly kind: 'ring' }
  | { readonly kind: 'reject'; readonly status: number }
  | { readonly kind: 'ignore' };

export interface ScriptedPhoneOptions {
  readonly user: string;
  readonly password?: string;
  /** The domain of its address; the server's host unless told. */
  readonly domain?: string;
  /** Where it sends everything: `127.0.0.1:5060`. */
  readonly server: string;
  /** The tone it sends while it talks, a multiple of 5 Hz; 0 is silence. */
  readonly toneHz: number;
  readonly onCall?: IncomingScript;
}

const RETRANSMIT_MS = 500;
const GIVE_UP_MS = 8000;

interface Waiting {
  readonly resolve: (response: SipMessage) => void;
  readonly call: PhoneCall | undefined;
  stop: () => void;
}

/** A SIP phone on loopback for tests: UDP, µ-law, digest, RFC 4733, and whatever manners the test gives it. */
export class ScriptedPhone {
  readonly user: string;
  /** What it does when it is called; may be changed at any time. */
  onCall: IncomingScript;
  readonly #options: ScriptedPhoneOptions;
  readonly #socket: Socket;
  readonly #server: { host: string; port: number };
  readonly #calls = new Map<string, PhoneCall>();
  readonly #waiting = new Map<string, Waiting>();
  /** The last response by branch and method, for requests that come again. */
  readonly #responses = new Map<string, Buffer>();
  readonly #inviteBranches = new Map<PhoneCall, string>();
  readonly #arrivals: PhoneCall[] = [];
  #arrivalWaiters: ((call: PhoneCall) => void)[] = [];
  #registration = { id: newToken(), sequence: 0 };
  readonly #transport: PhoneTransport;

  private constructor(options: ScriptedPhoneOptions, socket: Socket) {
    this.user = options.user;
    this.onCall = options.onCall ?? { kind: 'answer' };
    this.#options = options;
    this.#socket = socket;
    const [host = '127.0.0.1', port = '5060'] = options.server.split(':');
    this.#server = { host, port: Number(port) };
    socket.on('message', (datagram, from) => this.#receive(datagram, from));
    socket.on('error', () => undefined);
    this.#transport = {
      user: options.user,
      contact: this.contact,
      request: (call, method, body) => this.#request(call, method, body),
      acknowledge: (call, response) => this.#acknowledge(call, response),
      cancel: (call) => this.#cancel(call),
      respond: (call, request, status, body) => this.#respond(request, status, call, body),
      forget: (call) => void setTimeout(() => this.#calls.delete(call.id), 2000).unref(),
    };
  }

  static async start(options: ScriptedPhoneOptions): Promise<ScriptedPhone> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return new ScriptedPhone(options, socket);
  }

  get port(): number {
    return (this.#socket.address() as AddressInfo).port;
  }

  get contact(): string {
    return `sip:${this.user}@127.0.0.1:${this.port}`;
  }

  /** Registers for a minute; `expiresS` 0 takes it back. Fails unless the server says 200. */
  async register(expiresS = 60): Promise<void> {
    const uri = `sip:${this.#domain}`;
    const self = `<sip:${this.user}@${this.#domain}>`;
    const build = (branch: string, signature: readonly [string, string][]): Buffer =>
      formatSip(`REGISTER ${uri} SIP/2.0`, [
        ['Via', this.#via(branch)],
        ['Max-Forwards', '70'],
        ['From', `${self};tag=${this.#registration.id}`],
        ['To', self],
        ['Call-ID', this.#registration.id],
        ['CSeq', `${++this.#registration.sequence} REGISTER`],
        ['Contact', `<${this.contact}>`],
        ['Expires', String(expiresS)],
        ...signature,
      ]);
    const response = await this.#signed('REGISTER', uri, build, undefined);
    if (response.status !== 200) throw new Error(`${this.user} could not register: ${response.status}`);
  }

  /** Calls a number and returns at once; see `answered` and `ended` of the call. */
  async call(number: string): Promise<PhoneCall> {
    const sound = await RtpSession.open(this.#options.toneHz);
    const call = new PhoneCall(this.#transport, sound, `sip:${number}@${this.#options.server}`);
    this.#calls.set(call.id, call);
    call.dial().catch(() => call.finish({ by: 'them', status: 408 }));
    return call;
  }

  /** The next call that comes in, or one that came and was not asked for yet. */
  nextCall(patienceMs = 5000): Promise<PhoneCall> {
    const arrived = this.#arrivals.shift();
    if (arrived) return Promise.resolve(arrived);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#arrivalWaiters = this.#arrivalWaiters.filter((other) => other !== waiter);
        reject(new Error(`${this.user} was not called`));
      }, patienceMs);
      const waiter = (call: PhoneCall): void => {
        clearTimeout(timer);
        resolve(call);
      };
      this.#arrivalWaiters.push(waiter);
    });
  }

  /** Hangs up, refuses or cancels every call that it has. */
  async hangUpAll(): Promise<void> {
    await Promise.all([...this.#calls.values()].map((call) => call.hangUp()));
  }

  /** Ends all calls without a word and closes its ports. Idempotent. */
  async close(): Promise<void> {
    for (const call of this.#calls.values()) call.finish({ by: 'us' });
    for (const waiting of this.#waiting.values()) waiting.stop();
    this.#calls.clear();
    this.#waiting.clear();
    await new Promise<void>((resolve) => {
      try {
        this.#socket.close(() => resolve());
      } catch {
        resolve();
      }
    });
  }

  get #domain(): string {
    return this.#options.domain ?? this.#server.host;
  }

  #via(branch: string): string {
    return `SIP/2.0/UDP 127.0.0.1:${this.port};branch=${branch};rport`;
  }

  #request(call: PhoneCall, method: string, body = ''): Promise<SipMessage> {
    const build = (branch: string, signature: readonly [string, string][]): Buffer => {
      if (method === 'INVITE') this.#inviteBranches.set(call, branch);
      return formatSip(
        `${method} ${call.target} SIP/2.0`,
        this.#inCall(call, branch, `${call.nextSequence()} ${method}`, [
          ...signature,
          ...(body === '' ? [] : ([['Content-Type', 'application/sdp']] as [string, string][])),
        ]),
        body,
      );
    };
    return this.#signed(method, call.target, build, call);
  }

  #inCall(call: PhoneCall, branch: string, cseq: string, more: readonly [string, string][] = []): [string, string][] {
    const local = call.incoming
      ? `${header(call.incoming, 'to')};tag=${call.localTag}`
      : `<sip:${this.user}@${this.#domain}>;tag=${call.localTag}`;
    const remote = call.incoming
      ? header(call.incoming, 'from')
      : `<${call.remoteUri}>${call.remoteTag ? `;tag=${call.remoteTag}` : ''}`;
    return [
      ['Via', this.#via(branch)],
      ['Max-Forwards', '70'],
      ['From', local],
      ['To', remote],
      ['Call-ID', call.id],
      ['CSeq', cseq],
      ['Contact', `<${this.contact}>`],
      ...more,
    ];
  }

  /** Sends, and once more with a signature when it is challenged. */
  async #signed(
    method: string,
    uri: string,
    build: (branch: string, signature: readonly [string, string][]) => Buffer,
    call: PhoneCall | undefined,
  ): Promise<SipMessage> {
    const first = await this.#send(build, [], call);
    if (first.status !== 401 && first.status !== 407) return first;
    if (call && method === 'INVITE') this.#acknowledge(call, first);
    if (this.#options.password === undefined) return first;
    const challenge = header(first, first.status === 401 ? 'www-authenticate' : 'proxy-authenticate');
    const name = first.status === 401 ? 'Authorization' : 'Proxy-Authorization';
    const signature = digestAnswer(challenge, method, uri, this.user, this.#options.password);
    const second = await this.#send(build, [[name, signature]], call);
    return second;
  }

  #send(
    build: (branch: string, signature: readonly [string, string][]) => Buffer,
    signature: readonly [string, string][],
    call: PhoneCall | undefined,
  ): Promise<SipMessage> {
    const branch = `z9hG4bK${newToken()}`;
    const datagram = build(branch, signature);
    return new Promise((resolve, reject) => {
      const again = setInterval(() => this.#write(datagram), RETRANSMIT_MS);
      const giveUp = setTimeout(() => {
        stop();
        reject(new Error(`${this.user} got no answer`));
      }, GIVE_UP_MS);
      const stop = (): void => {
        clearInterval(again);
        clearTimeout(giveUp);
      };
      this.#waiting.set(branch, {
        call,
        stop,
        resolve: (response) => {
          stop();
          if ((response.status ?? 0) < 200) return;
          this.#waiting.delete(branch);
          resolve(response);
        },
      });
      this.#write(datagram);
    });
  }

  #acknowledge(call: PhoneCall, response: SipMessage): void {
    const refused = (response.status ?? 0) >= 300;
    const branch = refused ? (this.#inviteBranches.get(call) ?? '') : `z9hG4bK${newToken()}`;
    const headers = this.#inCall(call, branch, `${call.nextSequence(response)} ACK`).map(
      ([name, value]): [string, string] => (name === 'To' ? [name, header(response, 'to')] : [name, value]),
    );
    this.#write(formatSip(`ACK ${call.target} SIP/2.0`, headers));
  }

  #cancel(call: PhoneCall): void {
    const branch = this.#inviteBranches.get(call);
    if (branch === undefined) return;
    this.#write(formatSip(`CANCEL ${call.target} SIP/2.0`, this.#inCall(call, branch, `${call.sequence} CANCEL`)));
  }

  #respond(request: SipMessage, status: number, call: PhoneCall | undefined, body = ''): void {
    const to = header(request, 'to');
    const tag = call ? call.localTag : newToken();
    const datagram = formatSip(
      `SIP/2.0 ${status} ${status < 300 ? 'OK' : 'Refused'}`,
      [
        ...(request.headers.get('via') ?? []).map((via): [string, string] => ['Via', via]),
        ...(request.headers.get('record-route') ?? []).map((route): [string, string] => ['Record-Route', route]),
        ['From', header(request, 'from')],
        ['To', tagOf(to) === undefined && status > 100 ? `${to};tag=${tag}` : to],
        ['Call-ID', header(request, 'call-id')],
        ['CSeq', header(request, 'cseq')],
        ['Contact', `<${this.contact}>`],
        ...(body === '' ? [] : ([['Content-Type', 'application/sdp']] as [string, string][])),
      ],
      body,
    );
    this.#responses.set(transactionOf(request), datagram);
    this.#write(datagram, request);
  }

  #write(datagram: Buffer, inAnswerTo?: SipMessage): void {
    const via = inAnswerTo ? header(inAnswerTo, 'via') : '';
    const sentBy = /SIP\/2\.0\/UDP ([^:;\s]+)(?::(\d+))?/.exec(via);
    const host = sentBy?.[1] ?? this.#server.host;
    const port = sentBy ? Number(sentBy[2] ?? 5060) : this.#server.port;
    try {
      this.#socket.send(datagram, port, host);
    } catch {
      // closed meanwhile
    }
  }

  #receive(datagram: Buffer, _from: unknown): void {
    const message = parseSip(datagram);
    if (!message) return;
    if (message.status !== undefined) {
      this.#takeResponse(message);
      return;
    }
    const known = this.#responses.get(transactionOf(message));
    if (known && message.method !== 'ACK') {
      this.#write(known, message);
      return;
    }
    const call = this.#calls.get(header(message, 'call-id'));
    if (call && (call.state !== 'ended' || message.method === 'ACK')) call.takeRequest(message);
    else if (message.method === 'INVITE') void this.#arrive(message);
    else if (message.method !== 'ACK') this.#respond(message, message.method === 'OPTIONS' ? 200 : 481, undefined);
  }

  #takeResponse(response: SipMessage): void {
    const branch = /;branch=([^;,\s]+)/.exec(header(response, 'via'))?.[1] ?? '';
    const waiting = this.#waiting.get(branch);
    const call = this.#calls.get(header(response, 'call-id'));
    const status = response.status ?? 0;
    if (cseqMethod(response) === 'INVITE' && call) {
      if (status < 200) call.hear(response.body);
      else if (status >= 300 && status !== 401 && status !== 407) this.#acknowledge(call, response);
      // Our ACK was lost, or came late.
      else if (!waiting && status < 300) this.#acknowledge(call, response);
    }
    waiting?.resolve(response);
  }

  async #arrive(invite: SipMessage): Promise<void> {
    if (this.onCall.kind === 'ignore') return;
    const sound = await RtpSession.open(this.#options.toneHz);
    if (this.#calls.has(header(invite, 'call-id'))) {
      sound.close();
      return;
    }
    const call = new PhoneCall(this.#transport, sound, header(invite, 'from'), invite);
    this.#calls.set(call.id, call);
    this.#respond(invite, 180, call);
    const waiter = this.#arrivalWaiters.shift();
    if (waiter) waiter(call);
    else this.#arrivals.push(call);
    if (this.onCall.kind === 'answer') call.answer();
    else if (this.onCall.kind === 'reject') call.reject(this.onCall.status);
  }
}

function transactionOf(request: SipMessage): string {
  const branch = /;branch=([^;,\s]+)/.exec(header(request, 'via'))?.[1] ?? '';
  return `${branch} ${request.method}`;
}
