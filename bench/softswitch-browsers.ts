/** The pages' phones of the switch's bench: SIP over WebSocket, ICE and DTLS-SRTP; they answer every call, and speak and listen all the time. */
import { WebSocket } from 'ws';
import { createMediaHost, type LegMedia } from '../switch/softswitch/media/index.ts';
import { digestAnswer, formatSip, header, newToken, parseSip, type SipMessage } from '../tests/phones/sip-message.ts';

export interface Browsers {
  readonly legs: number;
  readonly received: number;
  readonly lost: number;
  readonly jitterMs: number;
}

/** Asked: registers one more user (answered with `true`), or says what was heard so far. */
export type BrowsersAsk = { readonly port: number; readonly user: string; readonly password: string } | 'report';

const host = createMediaHost({ host: '127.0.0.1', rtpPorts: [32_000, 33_999] });
const legs: LegMedia[] = [];

async function describe(offer: string): Promise<string> {
  const made = await host.createLeg('webrtc');
  if (made.kind !== 'leg') throw new Error(made.detail);
  const answered = await made.leg.acceptOffer(offer);
  if (answered.kind !== 'answer') throw new Error('the offer was not taken');
  legs.push(made.leg);
  made.leg.play(['tone_stream://%(200,0,440);loops=-1']);
  return answered.sdp;
}

async function register(port: number, user: string, password: string): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, 'sip');
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const [id, self, contact] = [newToken(), `<sip:${user}@tandem.local>`, `<sip:${user}@page.invalid;transport=ws>`];
  const ask = (sequence: number, more: [string, string][]) =>
    socket.send(
      formatSip('REGISTER sip:tandem.local SIP/2.0', [
        ['Via', `SIP/2.0/WS page.invalid;branch=z9hG4bK${newToken()}`],
        ['Max-Forwards', '70'],
        ['From', `${self};tag=${id}`],
        ['To', self],
        ['Call-ID', id],
        ['CSeq', `${sequence} REGISTER`],
        ['Contact', `${contact};expires=600`],
        ...more,
      ]).toString(),
    );
  const answer = (request: SipMessage, body: string) => {
    const to = header(request, 'to');
    const rows: [string, string][] = [
      ...(request.headers.get('via') ?? []).map((one): [string, string] => ['Via', one]),
      ['From', header(request, 'from')],
      ['To', to.includes(';tag=') ? to : `${to};tag=${id}`],
      ['Call-ID', header(request, 'call-id')],
      ['CSeq', header(request, 'cseq')],
      ['Contact', contact],
      ...(body === '' ? [] : ([['Content-Type', 'application/sdp']] as [string, string][])),
    ];
    socket.send(formatSip('SIP/2.0 200 OK', rows, body).toString());
  };
  await new Promise<void>((resolve) => {
    socket.on('message', async (data) => {
      const message = parseSip(Buffer.from(data.toString()));
      if (message?.status === 401) {
        const challenge = header(message, 'www-authenticate');
        ask(2, [['Authorization', digestAnswer(challenge, 'REGISTER', 'sip:tandem.local', user, password)]]);
      } else if (message?.status === 200) resolve();
      else if (message?.method === 'INVITE') answer(message, await describe(message.body));
      else if (message?.method === 'BYE') answer(message, '');
    });
    ask(1, []);
  });
}

process.on('message', async (ask: BrowsersAsk) => {
  if (ask !== 'report') {
    await register(ask.port, ask.user, ask.password);
    process.send?.(true);
    return;
  }
  const statistics = legs.map((leg) => leg.statistics());
  const sum = (of: (one: (typeof statistics)[number]) => number) => statistics.reduce((all, one) => all + of(one), 0);
  process.send?.({
    legs: legs.filter((leg) => leg.ready).length,
    received: sum((one) => one.packetsReceived),
    lost: sum((one) => one.packetsLost),
    jitterMs: Math.max(0, ...statistics.map((one) => one.jitterMs)),
  } satisfies Browsers);
});
process.on('disconnect', () => process.exit(0));
process.send?.(true);
