import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { answerChallenge, digestHa1 } from './access/digest.ts';
import { answerLines, method, type RawPeer, status, udpPeer, wsPeer } from './fixtures/raw-peer.ts';
import {
  createSipStack,
  type IncomingInvite,
  type PasswordAnswer,
  type RegistrationEvent,
  type SipCall,
  type SipStack,
} from './index.ts';
import type { SipMessage } from './message/message.ts';

const REALM = 'tandem.test';
const DIRECTORY: Readonly<Record<string, PasswordAnswer>> = {
  '1001': { kind: 'found', password: 'secret', variables: { tandem_user: 'ann' } },
  '1002': { kind: 'found', ha1: digestHa1('MD5', '1002', REALM, 'secret') },
  '1003': { kind: 'unavailable' },
};

let stack: SipStack;
let udpPort: number;
let wsPort: number;
let events: RegistrationEvent[];
let invites: IncomingInvite[];
let lookUps: number;
const peers: RawPeer[] = [];

beforeEach(async () => {
  events = [];
  invites = [];
  lookUps = 0;
  stack = createSipStack({
    times: { t1Ms: 50, t2Ms: 200, t4Ms: 100 },
    limits: { failedDigests: 3, minExpiresSec: 10, bindingsPerUser: 2 },
    lookUpPassword: async (user) => {
      lookUps++;
      return DIRECTORY[user] ?? { kind: 'unknown' };
    },
    onInvite: (invite) => {
      invites.push(invite);
      invite.reject(486);
    },
    onRegistration: (event) => events.push(event),
  });
  const profile = await stack.openProfile({
    name: 'agents',
    listeners: [
      { transport: 'udp', port: 0 },
      { transport: 'ws', port: 0 },
    ],
    admission: { kind: 'agents', realm: REALM, digests: ['MD5', 'SHA-256'] },
  });
  udpPort = profile.addresses[0]!.port;
  wsPort = profile.addresses[1]!.port;
});
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.close();
  await stack.close();
});

async function peerOn(transport: 'udp' | 'ws'): Promise<RawPeer> {
  const peer = transport === 'udp' ? await udpPeer(udpPort) : await wsPeer(wsPort);
  peers.push(peer);
  return peer;
}

let sequence = 1;
interface Register {
  readonly user?: string;
  readonly password?: string;
  readonly contact?: string | null;
  readonly method?: string;
  readonly extra?: readonly string[];
  readonly algorithm?: 'MD5' | 'SHA-256';
}

/** REGISTER (or INVITE) without and then with digest; gives the last answer and the Authorization that was sent. */
async function register(peer: RawPeer, options: Register = {}): Promise<{ answer: SipMessage; authorization: string }> {
  const { user = '1001', password = 'secret', method: name = 'REGISTER', algorithm = 'MD5' } = options;
  const { contact = `<sip:${user}@127.0.0.1:{port}>;expires=60` } = options;
  const request = (authorization?: string): string => {
    const cseq = sequence++;
    peer.send([
      `${name} sip:${REALM} SIP/2.0`,
      `Via: SIP/2.0/UDP client.invalid;branch=z9hG4bKr${cseq};rport`,
      `From: <sip:${user}@${REALM}>;tag=t1`,
      `To: <sip:${user}@${REALM}>`,
      `Call-ID: reg-${user}`,
      `CSeq: ${cseq} ${name}`,
      ...(contact === null ? [] : [`Contact: ${contact}`]),
      ...(authorization === undefined ? [] : [`Authorization: ${authorization}`]),
      ...(options.extra ?? []),
    ]);
    return String(cseq);
  };
  const first = request();
  const challenge = await peer.next(status(401, first));
  const offered = challenge.headers
    .getAll('WWW-Authenticate')
    .find((value) => value.includes(`algorithm=${algorithm},`))!;
  const authorization = answerChallenge(offered, { method: name, uri: `sip:${REALM}` }, { user, password }, 'c0')!;
  const second = request(authorization);
  const isFinal = (message: SipMessage): boolean =>
    message.kind === 'response' && message.status >= 200 && message.headers.get('CSeq') === `${second} ${name}`;
  return { answer: await peer.next(isFinal), authorization };
}

const statusOf = (message: SipMessage): number => (message.kind === 'response' ? message.status : 0);

describe('registrar', () => {
  it.each(['MD5', 'SHA-256'] as const)('binds, renews, lists and unbinds (%s)', async (algorithm) => {
    const peer = await peerOn('udp');
    const { answer } = await register(peer, { algorithm });
    expect(statusOf(answer)).toBe(200);
    expect(answer.headers.get('Contact')).toBe(`<sip:1001@127.0.0.1:${peer.port}>;expires=60`);
    expect(stack.bindings('1001')).toMatchObject([{ flow: { transport: 'udp', port: peer.port }, q: 1 }]);
    await register(peer, { algorithm });
    await register(peer, { contact: `<sip:1001@127.0.0.1:{port}>;expires=0` });
    await register(peer);
    await register(peer, { contact: '*', extra: ['Expires: 0'] });
    expect(events.map(({ kind, bindingsLeft }) => `${kind} ${bindingsLeft}`)).toEqual([
      'registered 1',
      'refreshed 1',
      'unregistered 0',
      'registered 1',
      'unregistered 0',
    ]);
  });

  it('takes a directory that keeps hashes only', async () => {
    const peer = await peerOn('udp');
    expect(statusOf((await register(peer, { user: '1002' })).answer)).toBe(200);
    expect(statusOf((await register(peer, { user: '1002', password: 'wrong' })).answer)).toBe(403);
    expect(statusOf((await register(peer, { user: '1002', algorithm: 'SHA-256' })).answer)).toBe(403);
  });

  it('keeps several contacts in order of q, at most so many, and one per instance', async () => {
    const peer = await peerOn('udp');
    const { answer } = await register(peer, { contact: '<sip:a@h.test>;q=0.2, <sip:b@h.test>;q=0.9' });
    expect(answer.headers.getAll('Contact').map((each) => each.slice(0, 14))).toEqual([
      '<sip:b@h.test>',
      '<sip:a@h.test>',
    ]);
    await register(peer, { contact: '<sip:c@h.test>;+sip.instance="<urn:uuid:1>";reg-id=1' });
    await register(peer, { contact: '<sip:d@h.test>;+sip.instance="<urn:uuid:1>";reg-id=1' });
    expect(stack.bindings('1001').map(({ contact }) => contact)).toEqual(['sip:d@h.test', 'sip:b@h.test']);
  });

  it('refuses another user, too short a time, a wrong password, an unknown user; says when the directory is away', async () => {
    const peer = await peerOn('udp');
    const brief = await register(peer, { contact: '<sip:a@h.test>;expires=5' });
    expect([statusOf(brief.answer), brief.answer.headers.get('Min-Expires')]).toEqual([423, '10']);
    expect(statusOf((await register(peer, { password: 'wrong' })).answer)).toBe(403);
    expect(statusOf((await register(peer, { user: '9999' })).answer)).toBe(403);
    expect(statusOf((await register(peer, { user: '1003' })).answer)).toBe(503);
    expect(stack.allBindings()).toEqual([]);
  });

  it('does not ask the directory for a source that failed too often', async () => {
    const peer = await peerOn('udp');
    for (let turn = 0; turn < 3; turn++) await register(peer, { password: 'wrong' });
    const before = lookUps;
    void register(peer).catch(() => undefined);
    await peer.next(status(503));
    expect(lookUps).toBe(before);
    expect(stack.gauges().counters.digestBlocked).toBe(1);
    // Another user behind the same address is not punished, until the address fails ten times as often.
    expect(statusOf((await register(peer, { user: '1002' })).answer)).toBe(200);
    for (let turn = 0; turn < 27; turn++) await register(peer, { user: `guess${turn}` });
    void register(peer, { user: '1002' }).catch(() => undefined);
    await peer.next(status(503));
  });

  it('answers a replayed or foreign nonce with a new challenge', async () => {
    const peer = await peerOn('udp');
    const { authorization } = await register(peer);
    const lines = (value: string, cseq: number): string[] => [
      `REGISTER sip:${REALM} SIP/2.0`,
      `Via: SIP/2.0/UDP client.invalid;branch=z9hG4bKreplay${cseq};rport`,
      `From: <sip:1001@${REALM}>;tag=t1`,
      `To: <sip:1001@${REALM}>`,
      `Call-ID: replay`,
      `CSeq: ${cseq} REGISTER`,
      `Authorization: ${value}`,
    ];
    peer.send(lines(authorization, 1));
    expect((await peer.next(status(401, '1 '))).headers.get('WWW-Authenticate')).toContain('stale=true');
    peer.send(lines(authorization.replace(/nonce="[^"]+"/, 'nonce="made.up.here"'), 2));
    expect((await peer.next(status(401, '2 '))).headers.get('WWW-Authenticate')).not.toContain('stale');
  });

  it('shows a proved INVITE to the core with its user, and an unproved one never', async () => {
    const peer = await peerOn('udp');
    await register(peer, { method: 'INVITE' });
    expect(invites).toMatchObject([{ user: { name: '1001', variables: { tandem_user: 'ann' } } }]);
  });

  it('reaches a browser over the WebSocket it registered on, and forgets it when that closes', async () => {
    const page = await peerOn('ws');
    await register(page, { contact: '<sip:x7k@abc123.invalid;transport=ws>;expires=600' });
    const outcome = new Promise((resolve) => {
      const target = { kind: 'user', user: '1001' } as const;
      const listener = { onAnswered: () => resolve('answered'), onFailed: resolve };
      stack.invite({ profile: 'agents', target, offer: 'v=0\r\n' }, listener);
    });
    const invite = await page.next(method('INVITE'));
    expect(invite).toMatchObject({ uri: 'sip:x7k@abc123.invalid;transport=ws' });
    page.send([...answerLines(invite, '200 OK', 'p1'), 'Contact: <sip:x7k@abc123.invalid;transport=ws>'], 'v=0\r\n');
    expect(await outcome).toBe('answered');
    await page.next(method('ACK'));
    page.close();
    while (stack.bindings('1001').length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(events.map(({ kind }) => kind)).toEqual(['registered', 'expired']);
    const failure = await new Promise((resolve) => {
      const target = { kind: 'user', user: '1001' } as const;
      stack.invite({ profile: 'agents', target, offer: '' }, { onAnswered: resolve, onFailed: resolve });
    });
    expect(failure).toMatchObject({ status: 480, cause: 'unregistered' });
  });

  it('keeps the call of a page that comes back on another connection', async () => {
    const first = await peerOn('ws');
    await register(first, { contact: '<sip:x7k@abc123.invalid;transport=ws>;expires=600' });
    const answered = new Promise<SipCall>((resolve, reject) => {
      const target = { kind: 'user', user: '1001' } as const;
      const onOffer = () => ({ kind: 'answer', sdp: 'v=0\r\ns=restarted\r\n' }) as const;
      stack.invite({ profile: 'agents', target, offer: 'v=0\r\n' }, { onAnswered: resolve, onFailed: reject, onOffer });
    });
    const invite = await first.next(method('INVITE'));
    const ok = answerLines(invite, '200 OK', 'p1');
    first.send([...ok, 'Contact: <sip:x7k@abc123.invalid;transport=ws>'], 'v=0\r\n');
    const call = await answered;
    await first.next(method('ACK'));
    first.close();
    while (stack.gauges().connections > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(call.ended).toBe(false);
    const second = await peerOn('ws');
    await register(second, { contact: '<sip:x7k@abc123.invalid;transport=ws>;expires=600' });
    // Ours finds the new connection by the contact; the page's own offer comes on it too.
    const info = call.info('text/plain', 'hello again');
    second.send(answerLines(await second.next(method('INFO')), '200 OK'));
    expect(await info).toEqual({ kind: 'answered', status: 200 });
    second.send(
      [
        `INVITE sip:tandem@127.0.0.1 SIP/2.0`,
        'Via: SIP/2.0/WS abc123.invalid;branch=z9hG4bKre1',
        `From: ${ok.find((line) => line.startsWith('To: '))!.slice(4)}`,
        `To: ${invite.headers.get('From')}`,
        `Call-ID: ${invite.headers.get('Call-ID')}`,
        'CSeq: 1 INVITE',
        'Contact: <sip:x7k@abc123.invalid;transport=ws>',
        'Content-Type: application/sdp',
      ],
      'v=0\r\ns=ice restart\r\n',
    );
    const answer = await second.next(status(200, '1 INVITE'));
    expect(answer.body.toString()).toContain('restarted');
  });

  it('turns away a WebSocket that does not speak SIP, and answers keep-alives', async () => {
    const wrong = new WebSocket(`ws://127.0.0.1:${wsPort}`);
    const [error] = await once(wrong, 'error');
    expect(String(error)).toContain('400');
    const socket = new WebSocket(`ws://127.0.0.1:${wsPort}`, 'sip');
    await once(socket, 'open');
    socket.send('\r\n\r\n');
    const [pong] = await once(socket, 'message');
    expect(String(pong)).toBe('\r\n');
    socket.terminate();
  });
});
