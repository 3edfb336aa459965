import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { digestAnswer, formatSip, header, newToken, parseSip, type SipMessage } from '../tests/phones/sip-message.ts';

const ANSWER_MS = 8_000;

export interface PhoneUser {
  readonly user: string;
  readonly password: string;
  readonly domain: string;
}

/**
 * The phones of all agents behind one socket: they register, answer at once, are silent, and note when they were invited.
 * As little work as possible, so that it is the server that is measured.
 */
export class PhoneFleet {
  /** Caller's number → when the first INVITE for it came, by `performance.now()`. */
  readonly invited = new Map<string, number>();
  readonly #socket: Socket;
  readonly #sound: Socket;
  readonly #server: { readonly host: string; readonly port: number };
  readonly #waiting = new Map<string, (response: SipMessage) => void>();

  private constructor(socket: Socket, sound: Socket, server: { host: string; port: number }) {
    this.#socket = socket;
    this.#sound = sound;
    this.#server = server;
    socket.on('message', (datagram) => this.#receive(datagram, performance.now()));
  }

  /** @param server the switch's port for agents, `host:port` */
  static async open(server: string): Promise<PhoneFleet> {
    const [host = '', port = ''] = server.split(':');
    const sockets = [createSocket('udp4'), createSocket('udp4')] as const;
    for (const socket of sockets) await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    sockets[0].setRecvBufferSize(4 * 1024 * 1024);
    return new PhoneFleet(sockets[0], sockets[1], { host, port: Number(port) });
  }

  async register(who: PhoneUser): Promise<void> {
    const id = newToken();
    const first = await this.#ask(who, id, 1, []);
    if (first.status !== 401) throw new Error(`${who.user} was not challenged: ${first.status}`);
    const challenge = header(first, 'www-authenticate');
    const signature = digestAnswer(challenge, 'REGISTER', `sip:${who.domain}`, who.user, who.password);
    const second = await this.#ask(who, id, 2, [['Authorization', signature]]);
    if (second.status !== 200) throw new Error(`${who.user} could not register: ${second.status}`);
  }

  close(): void {
    this.#socket.close();
    this.#sound.close();
  }

  get #port(): number {
    return (this.#socket.address() as AddressInfo).port;
  }

  #ask(who: PhoneUser, id: string, sequence: number, more: [string, string][]): Promise<SipMessage> {
    const branch = `z9hG4bK${newToken()}`;
    const self = `<sip:${who.user}@${who.domain}>`;
    const request = formatSip(`REGISTER sip:${who.domain} SIP/2.0`, [
      ['Via', `SIP/2.0/UDP 127.0.0.1:${this.#port};branch=${branch};rport`],
      ['Max-Forwards', '70'],
      ['From', `${self};tag=${id}`],
      ['To', self],
      ['Call-ID', id],
      ['CSeq', `${sequence} REGISTER`],
      ['Contact', `<sip:${who.user}@127.0.0.1:${this.#port}>`],
      ['Expires', '3600'],
      ...more,
    ]);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${who.user}: no answer to REGISTER`)), ANSWER_MS);
      this.#waiting.set(branch, (response) => {
        clearTimeout(timer);
        resolve(response);
      });
      this.#socket.send(request, this.#server.port, this.#server.host);
    });
  }

  #receive(datagram: Buffer, nowMs: number): void {
    const message = parseSip(datagram);
    if (!message) return;
    if (message.status !== undefined) {
      const branch = /;branch=([^;,\s]+)/.exec(header(message, 'via'))?.[1] ?? '';
      if (message.status < 200) return;
      this.#waiting.get(branch)?.(message);
      this.#waiting.delete(branch);
      return;
    }
    if (message.method === 'ACK') return;
    if (message.method === 'INVITE') {
      const number = /sip:([^@]+)@/.exec(header(message, 'from'))?.[1] ?? '';
      if (!this.invited.has(number)) this.invited.set(number, nowMs);
      this.#answer(message, 180);
    }
    this.#answer(message, 200);
  }

  #answer(request: SipMessage, status: number): void {
    const withSound = request.method === 'INVITE' && status === 200;
    const port = (this.#sound.address() as AddressInfo).port;
    const body = withSound
      ? `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${port} RTP/AVP 0\r\n`
      : '';
    const to = header(request, 'to');
    const via = header(request, 'via');
    const target = /SIP\/2\.0\/UDP ([^:;\s]+):(\d+)/.exec(via);
    const response = formatSip(
      `SIP/2.0 ${status} OK`,
      [
        ...(request.headers.get('via') ?? []).map((one): [string, string] => ['Via', one]),
        ['From', header(request, 'from')],
        ['To', to.includes(';tag=') ? to : `${to};tag=fleet`],
        ['Call-ID', header(request, 'call-id')],
        ['CSeq', header(request, 'cseq')],
        ['Contact', `<sip:fleet@127.0.0.1:${this.#port}>`],
        ...(withSound ? ([['Content-Type', 'application/sdp']] as [string, string][]) : []),
      ],
      body,
    );
    this.#socket.send(response, Number(target?.[2] ?? 5060), target?.[1] ?? '127.0.0.1');
  }
}
