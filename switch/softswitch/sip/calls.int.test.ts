import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AnswerOutcome,
  type CallEnd,
  type CallListener,
  createSipStack,
  type IncomingInvite,
  type InviteFailure,
  type InviteTarget,
  type OutgoingInvite,
  type OutgoingInviteRequest,
  type SipCall,
  type SipStack,
} from './index.ts';

const SDP = (name: string): string => `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=${name}\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n`;
/** Short timers: 64·T1 is 1.28 s. */
const TIMES = { t1Ms: 20, t2Ms: 80, t4Ms: 100 };

/** One side: a stack with a trunk profile that takes the other one's calls. */
interface Side {
  readonly stack: SipStack;
  readonly ports: Readonly<Record<'udp' | 'tcp', number>>;
  onInvite: (invite: IncomingInvite) => void;
}

async function openSide(allowed = '127.0.0.1'): Promise<Side> {
  const side: { onInvite: (invite: IncomingInvite) => void } = { onInvite: (invite) => invite.reject(404) };
  const stack = createSipStack({
    times: TIMES,
    lookUpPassword: async () => ({ kind: 'unknown' }),
    onInvite: (invite) => side.onInvite(invite),
  });
  const profile = await stack.openProfile({
    name: 'trunk',
    listeners: [
      { transport: 'udp', port: 0 },
      { transport: 'tcp', port: 0 },
    ],
    admission: { kind: 'trunk', allowedSources: [allowed] },
  });
  return Object.assign(side, { stack, ports: { udp: profile.addresses[0]!.port, tcp: profile.addresses[1]!.port } });
}

/** Calls and gathers what is heard. */
function place(
  from: Side,
  target: InviteTarget,
  more: Partial<OutgoingInviteRequest> = {},
  listener: CallListener = {},
) {
  const heard: string[] = [];
  let invite!: OutgoingInvite;
  const outcome = new Promise<{ call: SipCall; sdp: string } | InviteFailure>((resolve) => {
    invite = from.stack.invite(
      { profile: 'trunk', target, offer: SDP('offer'), ...more },
      {
        ...listener,
        onRinging: (status) => heard.push(String(status)),
        onEarlyMedia: (sdp, _fork, status) => heard.push(`${status} ${/s=(.*)/.exec(sdp)?.[1]}`),
        onAnswered: (call, sdp) => resolve({ call, sdp }),
        onFailed: resolve,
      },
    );
  });
  return { heard, outcome, cancel: () => invite.cancel() };
}

let a: Side;
let b: Side;
const toB = (transport: 'udp' | 'tcp'): InviteTarget => ({
  kind: 'uri',
  uri: `sip:500@127.0.0.1:${b.ports[transport]};transport=${transport}`,
});

beforeEach(async () => {
  [a, b] = await Promise.all([openSide(), openSide()]);
});
afterEach(async () => {
  await Promise.all([a.stack.close(), b.stack.close()]);
  expect(a.stack.gauges()).toMatchObject({ dialogs: 0, clientTransactions: 0, serverTransactions: 0 });
});

/** A call from a to b that is up; each side with its listener. */
async function connect(transport: 'udp' | 'tcp', aListener: CallListener = {}, bListener: CallListener = {}) {
  let answered!: Promise<AnswerOutcome>;
  b.onInvite = (invite) => {
    invite.ring();
    answered = invite.answer(SDP('answer'), bListener);
  };
  const placed = await place(a, toB(transport), {}, aListener).outcome;
  if (!('call' in placed)) throw placed;
  const outcome = await answered;
  if (outcome.kind !== 'confirmed') throw outcome;
  return { aCall: placed.call, bCall: outcome.call };
}

describe.each(['udp', 'tcp'] as const)('a call over %s', (transport) => {
  it('rings, has early media, is answered, and ends once on both sides', async () => {
    const ends: string[] = [];
    let invite!: IncomingInvite;
    const answered = new Promise<AnswerOutcome>((resolve) => {
      b.onInvite = (incoming) => {
        invite = incoming;
        invite.ring();
        invite.progress(SDP('early'));
        resolve(invite.answer(SDP('answer'), { onEnd: (_call, end) => ends.push(`b ${end.reason} ${end.q850}`) }));
      };
    });
    const headers = { 'X-Tandem': 'ähnlich 分' };
    const placed = place(a, toB(transport), { headers, fromUser: '1001', fromDisplayName: 'Ann "A" 安' });
    const outcome = await placed.outcome;
    if (!('call' in outcome)) throw outcome;
    expect(outcome.sdp).toBe(SDP('answer'));
    expect(placed.heard).toEqual(['180', '183 early']);
    expect(await answered).toMatchObject({ kind: 'confirmed', remoteSdp: SDP('offer') });
    expect(invite.from).toMatchObject({ displayName: 'Ann "A" 安', user: '1001' });
    expect(invite.headers.get('x-tandem')).toBe('ähnlich 分');
    expect(invite).toMatchObject({ offer: SDP('offer'), requestUri: { user: '500' }, source: { transport } });
    await outcome.call.bye({ q850: 16, text: 'done' });
    expect(ends).toEqual(['b remote-bye 16']);
    expect(b.stack.gauges().dialogs).toBe(0);
  });

  it('carries offers, digits, INFO and transfers both ways', async () => {
    const heard: unknown[] = [];
    const answering: CallListener = {
      onOffer: (_call, offer) => ({ kind: 'answer', sdp: SDP(`re ${/s=(.*)/.exec(offer ?? '')?.[1]}`) }),
      onDigit: (_call, digit, durationMs) => heard.push([digit, durationMs]),
      onInfo: (_call, type, body) => heard.push([type, body]),
      onRefer: (_call, refer) => {
        heard.push([refer.referTo.user, refer.replaces]);
        refer.accept();
        refer.notify(180);
        refer.notify(200);
      },
    };
    const { aCall, bCall } = await connect(transport, answering, answering);
    expect(await aCall.reinvite(SDP('hold'))).toEqual({ kind: 'answered', sdp: SDP('re hold') });
    expect(await bCall.reinvite(SDP('back'))).toEqual({ kind: 'answered', sdp: SDP('re back') });
    expect([aCall.localSdp, aCall.remoteSdp]).toEqual([SDP('re back'), SDP('back')]);
    expect(await aCall.sendDigit('#', 160)).toEqual({ kind: 'answered', status: 200 });
    expect(await bCall.info('application/dtmf', '5')).toEqual({ kind: 'answered', status: 200 });
    expect(await bCall.info('text/plain', 'hello')).toEqual({ kind: 'answered', status: 200 });
    expect(await bCall.info('application/dtmf-relay', 'Signal=x')).toEqual({ kind: 'answered', status: 400 });
    const statuses: number[] = [];
    const done = new Promise<void>((resolve) => {
      const referTo = 'sip:600@127.0.0.1?Replaces=abc%3Bto-tag%3D1%3Bfrom-tag%3D2';
      void aCall.refer(referTo, (status) => {
        statuses.push(status);
        if (status === 200) resolve();
      });
    });
    await done;
    expect(statuses.sort()).toEqual([100, 180, 200]);
    expect(heard).toEqual([
      ['#', 160],
      ['5', 250],
      ['text/plain', 'hello'],
      ['600', { callId: 'abc', toTag: '1', fromTag: '2' }],
    ]);
  });

  it('is taken over by an INVITE with Replaces', async () => {
    const { aCall, bCall } = await connect(transport);
    const named = new Promise<SipCall | undefined>((resolve) => {
      b.onInvite = (invite) => {
        resolve(invite.replaces);
        invite.reject(486);
      };
    });
    const Replaces = `${aCall.callId};to-tag=${aCall.remoteTag};from-tag=${aCall.localTag}`;
    await place(a, toB(transport), { headers: { Replaces } }).outcome;
    expect(await named).toBe(bCall);
  });

  it('survives offers that cross', async () => {
    const answering: CallListener = { onOffer: () => ({ kind: 'answer', sdp: SDP('ok') }) };
    const { aCall, bCall } = await connect(transport, answering, answering);
    const outcomes = await Promise.all([aCall.reinvite(SDP('from a')), bCall.reinvite(SDP('from b'))]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['answered', 'answered']);
  });

  it('is cancelled while it rings; the core of the other side hears it once', async () => {
    const cancelled = new Promise<string>((resolve) => {
      b.onInvite = (invite) => {
        invite.onCancelled(resolve);
        invite.ring();
        placed.cancel();
      };
    });
    const placed = place(a, toB(transport));
    expect(await placed.outcome).toMatchObject({ status: 487, by: 'local', cause: 'cancelled' });
    expect(await cancelled).toBe('cancelled');
  });

  it('is refused with status and reason', async () => {
    b.onInvite = (invite) => invite.reject(486, 'Im Gespräch', { Reason: 'Q.850;cause=17' });
    const outcome = await place(a, toB(transport)).outcome;
    expect(outcome).toMatchObject({ status: 486, by: 'remote', q850: 17 });
  });
});

describe('names', () => {
  it('reaches a host by name, in the family of our own socket', async () => {
    b.onInvite = (invite) => invite.reject(486);
    const uri = `sip:500@localhost:${b.ports.udp}`;
    expect(await place(a, { kind: 'uri', uri }).outcome).toMatchObject({ status: 486 });
    expect(await place(a, { kind: 'uri', uri: 'sip:500@nowhere.invalid' }).outcome).toMatchObject({
      cause: 'unreachable',
    });
    const sips = `sips:500@localhost:${b.ports.udp}`;
    expect(await place(a, { kind: 'uri', uri: sips }).outcome).toMatchObject({ cause: 'unreachable' });
  });
});

describe('what can go wrong', () => {
  it('gives up when nobody is there', async () => {
    const closed: InviteTarget = { kind: 'uri', uri: 'sip:x@127.0.0.1:9;transport=tcp' };
    expect(await place(a, closed).outcome).toMatchObject({ status: 503, cause: 'unreachable' });
    const silent: InviteTarget = { kind: 'uri', uri: 'sip:x@127.0.0.1:9' };
    expect(await place(a, silent).outcome).toMatchObject({ status: 408, cause: 'no-answer' });
    expect(a.stack.gauges().counters.retransmitsOut).toBeGreaterThan(3);
  });

  it('stops ringing in time', async () => {
    b.onInvite = (invite) => invite.ring();
    const placed = place(a, toB('udp'), { ringTimeoutMs: 1_000 });
    expect(await placed.outcome).toMatchObject({ status: 408, cause: 'ring-timeout' });
  });

  it('forbids a trunk call from an address that is not configured, and never shows it to the core', async () => {
    const closed = await openSide('192.0.2.0/24');
    closed.onInvite = () => expect.unreachable();
    const uri = `sip:500@127.0.0.1:${closed.ports.udp}`;
    expect(await place(a, { kind: 'uri', uri }).outcome).toMatchObject({ status: 403 });
    expect(closed.stack.gauges().counters.invitesForbidden).toBe(1);
    await closed.stack.close();
  });

  it('answers 500 when the core throws, and 488 to an offer that nobody takes', async () => {
    b.onInvite = () => {
      throw new TypeError('core');
    };
    expect(await place(a, toB('udp')).outcome).toMatchObject({ status: 500 });
    const { aCall } = await connect('udp');
    expect(await aCall.reinvite(SDP('x'))).toEqual({ kind: 'refused', status: 488 });
    expect(aCall.ended).toBe(false);
  });

  it('ends a call whose peer forgot it', async () => {
    const ended = new Promise<CallEnd>((resolve) => {
      void connect('udp', { onEnd: (_call, end) => resolve(end) }).then(async ({ aCall }) => {
        const port = b.ports.udp;
        await b.stack.close();
        expect(port).toBeGreaterThan(0);
        await aCall.info('text/plain', 'still there?');
      });
    });
    expect((await ended).reason).toMatch(/remote-bye|dialog-lost/);
  });

  it('names the wrong argument', () => {
    const listener = { onAnswered: () => undefined, onFailed: () => undefined };
    const base = { profile: 'trunk', target: toB('udp'), offer: '' };
    expect(() => a.stack.invite({ ...base, headers: { 'X-A': 'a\r\nVia: x' } }, listener)).toThrow(
      expect.objectContaining({ code: 'request.invalid', fields: { field: 'headers', header: 'X-A' } }),
    );
    expect(() => a.stack.invite({ ...base, target: { kind: 'uri', uri: 'sip:a b@c' } }, listener)).toThrow(
      expect.objectContaining({ fields: { field: 'target' } }),
    );
  });
});
