import { createHash } from 'node:crypto';
import { RTCPeerConnection, RTCRtpCodecParameters } from 'werift';
import { WebSocket } from 'ws';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const DOMAIN = 'tandem.local';
const CONTACT = '<sip:page@random.invalid;transport=ws>';

/** A phone as a browser page has it: SIP over WebSocket, ICE and DTLS-SRTP. It answers every call. */
export class WebRtcPhone {
  /** Packets of sound that came. */
  heard = 0;
  /** Resolves with the caller number of the first INVITE, and with the first BYE. */
  readonly called: Promise<string>;
  readonly ended: Promise<void>;
  readonly #socket: WebSocket;
  readonly #user: string;
  readonly #password: string;
  readonly #connections: RTCPeerConnection[] = [];
  #sequence = 1;
  #onCalled: (from: string) => void = () => undefined;
  #onEnded: () => void = () => undefined;
  #onRegistered: () => void = () => undefined;

  constructor(port: number, user: string, password: string) {
    this.#user = user;
    this.#password = password;
    this.#socket = new WebSocket(`ws://127.0.0.1:${port}`, 'sip');
    this.called = new Promise((resolve) => {
      this.#onCalled = resolve;
    });
    this.ended = new Promise((resolve) => {
      this.#onEnded = resolve;
    });
    this.#socket.on('message', (data) => void this.#receive(data.toString()));
  }

  async register(): Promise<void> {
    if (this.#socket.readyState !== WebSocket.OPEN) await new Promise((resolve) => this.#socket.once('open', resolve));
    const registered = new Promise<void>((resolve) => {
      this.#onRegistered = resolve;
    });
    this.#sendRegister('');
    await registered;
  }

  async close(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.close()));
    this.#socket.close();
  }

  #sendRegister(authorization: string): void {
    const sequence = this.#sequence++;
    const rows = [
      `REGISTER sip:${DOMAIN} SIP/2.0`,
      `Via: SIP/2.0/WS page.invalid;branch=z9hG4bKr${sequence}`,
      'Max-Forwards: 70',
      `To: <sip:${this.#user}@${DOMAIN}>`,
      `From: <sip:${this.#user}@${DOMAIN}>;tag=page`,
      'Call-ID: page',
      `CSeq: ${sequence} REGISTER`,
      `Contact: ${CONTACT};expires=60`,
      ...(authorization === '' ? [] : [`Authorization: ${authorization}`]),
      'Content-Length: 0',
    ];
    this.#socket.send(`${rows.join('\r\n')}\r\n\r\n`);
  }

  #digest(message: string): string {
    const nonce = /nonce="([^"]+)"/.exec(message)?.[1] ?? '';
    const ha1 = md5(`${this.#user}:${DOMAIN}:${this.#password}`);
    const response = md5(`${ha1}:${nonce}:00000001:c:auth:${md5(`REGISTER:sip:${DOMAIN}`)}`);
    return (
      `Digest username="${this.#user}", realm="${DOMAIN}", nonce="${nonce}", uri="sip:${DOMAIN}", ` +
      `response="${response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="c"`
    );
  }

  async #receive(message: string): Promise<void> {
    if (message.startsWith('SIP/2.0 401')) this.#sendRegister(this.#digest(message));
    else if (message.startsWith('SIP/2.0 200')) this.#onRegistered();
    else if (message.startsWith('INVITE ')) {
      this.#onCalled(/^From:.*sip:([^@]+)@/im.exec(message)?.[1] ?? '');
      this.#answer(message, await this.#describe(message.slice(message.indexOf('\r\n\r\n') + 4)));
    } else if (message.startsWith('BYE ')) {
      this.#answer(message, '');
      this.#onEnded();
    }
  }

  async #describe(offer: string): Promise<string> {
    const codec = new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8000, channels: 1, payloadType: 0 });
    const connection = new RTCPeerConnection({ codecs: { audio: [codec] } });
    this.#connections.push(connection);
    connection.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe(() => {
        this.heard++;
      });
    });
    connection.addTransceiver('audio', { direction: 'sendrecv' });
    await connection.setRemoteDescription({ type: 'offer', sdp: offer });
    await connection.setLocalDescription(await connection.createAnswer());
    return connection.localDescription?.sdp ?? '';
  }

  #answer(request: string, sdp: string): void {
    const kept = request.split('\r\n').filter((row) => /^(Via|From|Call-ID|CSeq|Record-Route):/i.test(row));
    const to = /^To: (.*)$/im.exec(request)?.[1]?.trim() ?? '';
    const rows = [
      'SIP/2.0 200 OK',
      ...kept,
      `To: ${to.includes(';tag=') ? to : `${to};tag=answer`}`,
      `Contact: ${CONTACT}`,
      ...(sdp === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${Buffer.byteLength(sdp)}`,
    ];
    this.#socket.send(`${rows.join('\r\n')}\r\n\r\n${sdp}`);
  }
}
