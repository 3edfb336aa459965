import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';

/** An offer as a WebRTC switch makes it; nobody answers behind its candidate. */
const OFFER = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=audio 50000 UDP/TLS/RTP/SAVPF 0 101',
  'c=IN IP4 127.0.0.1',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:101 telephone-event/8000',
  'a=sendrecv',
  'a=mid:0',
  'a=rtcp-mux',
  'a=setup:actpass',
  'a=ice-ufrag:fake',
  'a=ice-pwd:fakefakefakefakefakefake',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, (_, index) => index.toString(16).padStart(2, '0').toUpperCase()).join(':')}`,
  'a=candidate:1 1 UDP 2113929471 127.0.0.1 50000 typ host',
  '',
].join('\r\n');

/** One line of the fake switch: takes any REGISTER, rings on demand and remembers what the phone said. */
export interface FakeSipPeer {
  readonly heard: string[];
  registered(): boolean;
  invite(headers: Record<string, string>): void;
  bye(): void;
}

const headerOf = (message: string, name: string) =>
  new RegExp(`^${name}: *(.*)$`, 'im').exec(message)?.[1]?.trim() ?? '';

/** Speaks just enough SIP over WebSocket for the pages' phone. */
export function serveSip(socket: WebSocket): FakeSipPeer {
  const heard: string[] = [];
  let contact = '';
  let dialog: { callId: string; from: string; to: string } | undefined;
  const send = (lines: readonly string[], body = '') =>
    socket.send(`${[...lines, `Content-Length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`);
  const via = () => `Via: SIP/2.0/WS switch.invalid;branch=z9hG4bK${randomBytes(6).toString('hex')}`;
  socket.on('message', (data) => {
    const message = data.toString();
    const first = message.slice(0, message.indexOf('\r\n'));
    if (first.trim() === '') return;
    heard.push(first);
    if (first.startsWith('SIP/2.0')) {
      if (dialog && / 2\d\d /.test(first) && /INVITE/.test(headerOf(message, 'CSeq'))) {
        dialog.to = headerOf(message, 'To');
        send([
          `ACK ${contact} SIP/2.0`,
          via(),
          'Max-Forwards: 70',
          `From: ${dialog.from}`,
          `To: ${dialog.to}`,
          `Call-ID: ${dialog.callId}`,
          'CSeq: 1 ACK',
        ]);
      }
      return;
    }
    if (first.startsWith('ACK')) return;
    if (first.startsWith('REGISTER')) contact = /<([^>]+)>/.exec(headerOf(message, 'Contact'))?.[1] ?? '';
    send([
      // A call to the fake rings for ever: what the caller's page shows comes from scenes.
      first.startsWith('INVITE') ? 'SIP/2.0 180 Ringing' : 'SIP/2.0 200 OK',
      `Via: ${headerOf(message, 'Via')}`,
      `From: ${headerOf(message, 'From')}`,
      `To: ${headerOf(message, 'To')};tag=fake`,
      `Call-ID: ${headerOf(message, 'Call-ID')}`,
      `CSeq: ${headerOf(message, 'CSeq')}`,
      `Contact: ${headerOf(message, 'Contact')}`,
      'Expires: 120',
    ]);
  });
  return {
    heard,
    registered: () => contact !== '' && socket.readyState === socket.OPEN,
    invite(headers) {
      const callId = randomBytes(8).toString('hex');
      const from = `<sip:tandem@switch.invalid>;tag=${randomBytes(4).toString('hex')}`;
      dialog = { callId, from, to: `<${contact}>` };
      send(
        [
          `INVITE ${contact} SIP/2.0`,
          via(),
          'Max-Forwards: 70',
          `From: ${from}`,
          `To: <${contact}>`,
          `Call-ID: ${callId}`,
          'CSeq: 1 INVITE',
          'Contact: <sip:switch.invalid;transport=ws>',
          'Content-Type: application/sdp',
          ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
        ],
        OFFER,
      );
    },
    bye() {
      if (!dialog) return;
      send([
        `BYE ${contact} SIP/2.0`,
        via(),
        'Max-Forwards: 70',
        `From: ${dialog.from}`,
        `To: ${dialog.to}`,
        `Call-ID: ${dialog.callId}`,
        'CSeq: 2 BYE',
      ]);
    },
  };
}
