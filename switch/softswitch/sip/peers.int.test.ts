import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock, systemClock } from '../../../config/clock.ts';
import { answerLines, method, type RawPeer, status, udpPeer } from './fixtures/raw-peer.ts';
import {
  type AnswerOutcome,
  createSipStack,
  type IncomingInvite,
  type SipCall,
  type SipStack,
  type SipStackOptions,
} from './index.ts';

let stack: SipStack;
let peer: RawPeer;
let tcpPort: number;
let onInvite: (invite: IncomingInvite) => void;

async function open(options: Partial<SipStackOptions> = {}): Promise<void> {
  stack = createSipStack({
    times: { t1Ms: 20, t2Ms: 80, t4Ms: 100 },
    lookUpPassword: async () => ({ kind: 'unknown' }),
    onInvite: (invite) => onInvite(invite),
    ...options,
  });
  const profile = await stack.openProfile({
    name: 'trunk',
    listeners: [
      { transport: 'udp', port: 0 },
      { transport: 'tcp', port: 0 },
    ],
    admission: { kind: 'trunk', allowedSources: ['127.0.0.1'] },
  });
  peer = await udpPeer(profile.addresses[0]!.port);
  tcpPort = profile.addresses[1]!.port;
}

beforeEach(() => {
  onInvite = (invite) => invite.reject(486);
});
afterEach(async () => {
  peer.close();
  await stack.close();
});

const request = (name: string, id: string, more: readonly string[] = [], branch = `z9hG4bK${id}`): string[] => [
  `${name} sip:500@127.0.0.1 SIP/2.0`,
  `Via: SIP/2.0/UDP 127.0.0.1:{port};branch=${branch};rport`,
  'From: <sip:caller@127.0.0.1>;tag=f1',
  `Call-ID: ${id}`,
  'Contact: <sip:caller@127.0.0.1:{port}>',
  ...(more.some((line) => line.startsWith('To:')) ? [] : ['To: <sip:500@127.0.0.1>']),
  ...(more.some((line) => line.startsWith('CSeq:')) ? [] : [`CSeq: 1 ${name}`]),
  ...more,
];
const OFFER = 'v=0\r\ns=offer\r\n';
const SDP_TYPE = 'Content-Type: application/sdp';

function answering(): Promise<AnswerOutcome> {
  return new Promise((resolve) => {
    onInvite = (invite) =>
      resolve(invite.answer('v=0\r\ns=answer\r\n', { onOffer: () => ({ kind: 'answer', sdp: 'v=0\r\n' }) }));
  });
}

/** A call from the peer that is up: its To line for later requests. */
async function establish(id: string, more: readonly string[] = []): Promise<{ to: string; call: SipCall }> {
  const answered = answering();
  peer.send(request('INVITE', id, [SDP_TYPE, ...more]), OFFER);
  const ok = await peer.next(status(200, 'INVITE'));
  const to = `To: ${ok.headers.get('To')}`;
  peer.send(request('ACK', id, [to, 'CSeq: 1 ACK'], `z9hG4bK${id}ack`));
  const outcome = await answered;
  if (outcome.kind !== 'confirmed') throw outcome;
  return { to, call: outcome.call };
}

describe('as server', () => {
  it('repeats a 2xx until its ACK, takes a repeated INVITE once, and says BYE when no ACK comes', async () => {
    await open();
    let invites = 0;
    const outcome = new Promise<AnswerOutcome>((resolve) => {
      onInvite = (invite) => {
        invites++;
        resolve(invite.answer('v=0\r\n', {}));
      };
    });
    peer.send(request('INVITE', 'noack', [SDP_TYPE]), OFFER);
    peer.send(request('INVITE', 'noack', [SDP_TYPE]), OFFER);
    for (let turn = 0; turn < 4; turn++) await peer.next(status(200, 'INVITE'));
    const bye = await peer.next(method('BYE'));
    peer.send(answerLines(bye, '200 OK'));
    expect(await outcome).toEqual({ kind: 'ended', reason: 'no-ack' });
    expect(invites).toBe(1);
    expect(stack.gauges().counters.retransmitsIn).toBe(1);
  });

  it('repeats a refusal until ACK, and not after', async () => {
    await open();
    peer.send(request('INVITE', 'busy', [SDP_TYPE]), OFFER);
    await peer.next(status(486));
    const again = await peer.next(status(486));
    peer.send(request('ACK', 'busy', [`To: ${again.headers.get('To')}`, 'CSeq: 1 ACK']));
    while (stack.gauges().serverTransactions > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(peer.unread.filter(status(486)).length).toBeLessThan(3);
  });

  it('answers what it does not offer', async () => {
    await open();
    const cases: readonly (readonly [string, string, readonly string[], number])[] = [
      ['INVITE', 'rel', [SDP_TYPE, 'Require: 100rel'], 420],
      ['INVITE', 'hops', [SDP_TYPE, 'Max-Forwards: 0'], 483],
      ['INVITE', 'short', [SDP_TYPE, 'Supported: timer', 'Session-Expires: 60'], 422],
      ['INVITE', 'gone', [SDP_TYPE, 'Replaces: nobody;to-tag=1;from-tag=2'], 481],
      ['BYE', 'bye', ['To: <sip:500@127.0.0.1>;tag=none'], 481],
      ['PRACK', 'prack', [], 405],
      ['REGISTER', 'reg', [], 403],
      ['CANCEL', 'cancel', [], 481],
    ];
    for (const [name, id, more, expected] of cases) {
      peer.send(request(name, id, more), name === 'INVITE' ? OFFER : '');
      const answer = await peer.next(
        (message) => message.kind === 'response' && message.status >= 200 && message.headers.get('Call-ID') === id,
      );
      expect([name, id, answer.kind === 'response' && answer.status]).toEqual([name, id, expected]);
    }
  });

  it('finds a request that came on two ways (482), and keeps the order of a dialog', async () => {
    await open();
    onInvite = (invite) => invite.ring();
    peer.send(request('INVITE', 'merged', [SDP_TYPE]), OFFER);
    await peer.next(status(180));
    peer.send(request('INVITE', 'merged', [SDP_TYPE], 'z9hG4bKother'), OFFER);
    await peer.next(status(482));
    peer.send(request('CANCEL', 'merged', ['CSeq: 1 CANCEL']));
    await peer.next(status(200, 'CANCEL'));
    await peer.next(status(487, 'INVITE'));
    const { to } = await establish('order');
    peer.send(request('INFO', 'order', [to, 'CSeq: 9 INFO'], 'z9hG4bKi9'));
    await peer.next(status(200, '9 INFO'));
    peer.send(request('INFO', 'order', [to, 'CSeq: 8 INFO'], 'z9hG4bKi8'));
    await peer.next(status(500, '8 INFO'));
  });

  it('takes an answer in the ACK when the INVITE had no offer', async () => {
    await open();
    const answered = answering();
    peer.send(request('INVITE', 'late'));
    const ok = await peer.next(status(200, 'INVITE'));
    peer.send(
      request('ACK', 'late', [`To: ${ok.headers.get('To')}`, 'CSeq: 1 ACK', SDP_TYPE], 'z9hG4bKla'),
      'v=0\r\ns=late\r\n',
    );
    expect(await answered).toMatchObject({ kind: 'confirmed', remoteSdp: 'v=0\r\ns=late\r\n' });
  });

  it('agrees a session time and ends the call when it is not refreshed', async () => {
    const clock = new ManualClock(Date.now());
    await open({ clock });
    const answered = answering();
    peer.send(request('INVITE', 'timer', [SDP_TYPE, 'Supported: timer', 'Session-Expires: 90']), OFFER);
    const ok = await peer.next(status(200, 'INVITE'));
    expect([ok.headers.get('Session-Expires'), ok.headers.get('Require')]).toEqual(['90;refresher=uac', 'timer']);
    const to = `To: ${ok.headers.get('To')}`;
    peer.send(request('ACK', 'timer', [to, 'CSeq: 1 ACK'], 'z9hG4bKta'));
    expect((await answered).kind).toBe('confirmed');
    clock.advance(50_000);
    const refresh = [to, 'CSeq: 2 UPDATE', 'Supported: timer', 'Session-Expires: 90;refresher=uac'];
    peer.send(request('UPDATE', 'timer', refresh, 'z9hG4bKtu'));
    expect((await peer.next(status(200, 'UPDATE'))).headers.get('Session-Expires')).toBe('90;refresher=uac');
    clock.advance(50_000);
    expect(stack.gauges().dialogs).toBe(1);
    clock.advance(15_000);
    await peer.next(method('BYE'));
    expect(stack.gauges().dialogs).toBe(0);
    const closed = stack.close();
    clock.advance(60_000);
    await closed;
  });

  it('refreshes the session itself when the caller cannot, with UPDATE or re-INVITE', async () => {
    for (const allow of ['INVITE, ACK, BYE, UPDATE', 'INVITE, ACK, BYE']) {
      const clock = new ManualClock(Date.now());
      await open({ clock });
      const answered = answering();
      peer.send(request('INVITE', 'refresh', [SDP_TYPE, 'Session-Expires: 100', `Allow: ${allow}`]), OFFER);
      const ok = await peer.next(status(200, 'INVITE'));
      expect([ok.headers.get('Session-Expires'), ok.headers.get('Require')]).toEqual(['100;refresher=uas', undefined]);
      peer.send(request('ACK', 'refresh', [`To: ${ok.headers.get('To')}`, 'CSeq: 1 ACK'], 'z9hG4bKra'));
      expect((await answered).kind).toBe('confirmed');
      clock.advance(50_000);
      const refresh = await peer.next(method(allow.includes('UPDATE') ? 'UPDATE' : 'INVITE'));
      peer.send([...answerLines(refresh, '200 OK'), SDP_TYPE], refresh.body.toString());
      while (stack.gauges().clientTransactions > 1) await new Promise((resolve) => setTimeout(resolve, 5));
      if (!allow.includes('UPDATE')) await peer.next(method('ACK'));
      await new Promise((resolve) => setTimeout(resolve, 20));
      clock.advance(49_000);
      expect(stack.gauges().dialogs).toBe(1);
      const closed = stack.close();
      clock.advance(60_000);
      await closed;
      peer.close();
    }
    await open();
  });

  it('refuses floods without keeping them', async () => {
    await open({ limits: { pendingInvitesPerSource: 3 } });
    onInvite = (invite) => invite.ring();
    for (let turn = 0; turn < 10; turn++) peer.send(request('INVITE', `flood${turn}`, [SDP_TYPE]), OFFER);
    for (let turn = 0; turn < 7; turn++) await peer.next(status(503));
    expect(stack.gauges()).toMatchObject({ serverTransactions: 3, counters: { floodRefused: 7 } });
  });
});

describe('as client', () => {
  const dial = (heard: unknown[], more: object = {}) =>
    stack.invite(
      {
        profile: 'trunk',
        target: { kind: 'uri', uri: `sip:500@127.0.0.1:${peer.port}` },
        offer: OFFER,
        ...more,
      },
      {
        onRinging: (code, fork) => heard.push(`${code} ${fork}`),
        onAnswered: (call) => heard.push(call),
        onFailed: (failure) => heard.push(failure),
      },
    );
  const contact = 'Contact: <sip:500@127.0.0.1:{port}>';

  it('takes the first of two answered forks, and ends the other with ACK and BYE', async () => {
    await open();
    const heard: unknown[] = [];
    dial(heard);
    const invite = await peer.next(method('INVITE'));
    peer.send(answerLines(invite, '180 Ringing', 'one'));
    peer.send(answerLines(invite, '180 Ringing', 'two'));
    peer.send([...answerLines(invite, '200 OK', 'one'), contact, SDP_TYPE], 'v=0\r\n');
    await peer.next(method('ACK'));
    peer.send([...answerLines(invite, '200 OK', 'two'), contact, SDP_TYPE], 'v=0\r\n');
    const ack = await peer.next(method('ACK'));
    const bye = await peer.next(method('BYE'));
    expect([ack, bye].map((each) => each.headers.get('To'))).toEqual([
      `<sip:500@127.0.0.1:${peer.port}>;tag=two`,
      `<sip:500@127.0.0.1:${peer.port}>;tag=two`,
    ]);
    peer.send(answerLines(bye, '200 OK'));
    // The lost ACK of the first one is sent again.
    peer.send([...answerLines(invite, '200 OK', 'one'), contact, SDP_TYPE], 'v=0\r\n');
    expect((await peer.next(method('ACK'))).headers.get('To')).toContain('tag=one');
    expect(heard).toMatchObject(['180 one', '180 two', { remoteTag: 'one', ended: false }]);
    expect(stack.gauges().dialogs).toBe(1);
  });

  it('waits with CANCEL for a provisional answer, and ends a call that was answered across it', async () => {
    await open();
    const heard: unknown[] = [];
    const outgoing = dial(heard);
    const invite = await peer.next(method('INVITE'));
    outgoing.cancel();
    expect(peer.unread.some(method('CANCEL'))).toBe(false);
    peer.send(answerLines(invite, '100 Trying'));
    const cancel = await peer.next(method('CANCEL'));
    expect(cancel.headers.get('Via')).toBe(invite.headers.get('Via'));
    peer.send(answerLines(cancel, '200 OK', 'one'));
    peer.send([...answerLines(invite, '200 OK', 'one'), contact, SDP_TYPE], 'v=0\r\n');
    await peer.next(method('ACK'));
    peer.send(answerLines(await peer.next(method('BYE')), '200 OK'));
    expect(heard).toMatchObject([{ status: 487, cause: 'cancelled' }]);
  });

  it('answers one challenge, and follows the route set of the answer', async () => {
    await open();
    const heard: unknown[] = [];
    dial(heard, { credentials: { user: 'trunk', password: 'pw' } });
    const first = await peer.next(method('INVITE'));
    const challenge = 'Proxy-Authenticate: Digest realm="carrier", nonce="n1", qop="auth", algorithm=SHA-256';
    peer.send([...answerLines(first, '407 Proxy Authentication Required', 'x'), challenge]);
    await peer.next(method('ACK'));
    const second = await peer.next(
      (message) => method('INVITE')(message) && message.headers.get('CSeq') === '2 INVITE',
    );
    expect(second.headers.get('Proxy-Authorization')).toMatch(
      /^Digest username="trunk", realm="carrier", nonce="n1".*nc=00000001/,
    );
    const route = `<sip:127.0.0.1:${peer.port};lr>`;
    const routes = [`Record-Route: <sip:far.test;lr>, ${route}`];
    peer.send([...answerLines(second, '200 OK', 'one'), ...routes, 'Contact: <sip:500@far.test>', SDP_TYPE], 'v=0\r\n');
    const ack = await peer.next((message) => method('ACK')(message) && message.headers.get('CSeq') === '2 ACK');
    expect(ack).toMatchObject({ uri: 'sip:500@far.test' });
    expect(ack.headers.getAll('Route')).toEqual([route, '<sip:far.test;lr>']);
  });
});

describe('a TCP connection', () => {
  it('answers keep-alives, many messages in one piece, and closes on nonsense', async () => {
    await open();
    const socket = connect(tcpPort, '127.0.0.1');
    await once(socket, 'connect');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
    const options = (id: number): string =>
      `${request('OPTIONS', `t${id}`).join('\r\n').replaceAll('{port}', '1')}\r\nContent-Length: 0\r\n\r\n`;
    socket.write(`\r\n\r\n${Array.from({ length: 50 }, (_unused, id) => options(id)).join('')}`);
    while ((text.match(/SIP\/2\.0 200 OK/g) ?? []).length < 50) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(text.startsWith('\r\n')).toBe(true);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'close');
    expect(stack.gauges().counters.messagesMalformed).toBe(1);
  });

  it('is closed when it is idle, or keeps half a message back, by the clock', async () => {
    const clock = new ManualClock(systemClock.now());
    await open({ clock });
    const idle = connect(tcpPort, '127.0.0.1');
    const half = connect(tcpPort, '127.0.0.1');
    idle.resume();
    half.resume();
    half.write('OPTIONS sip:a');
    while (stack.gauges().connections < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 50));
    clock.advance(16_000);
    await once(half, 'close');
    while (stack.gauges().connections > 1) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(idle.closed).toBe(false);
    clock.advance(120_000);
    await once(idle, 'close');
  });
});
