import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { createSipStack, type InviteFailure, type SipStack, type SipTransport } from './index.ts';

const CALLS = 20;
const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8\r\n';
const AGENT = fileURLToPath(new URL('./fixtures/sipp-agent.xml', import.meta.url));

let stack: SipStack;
let registered: number;
afterEach(() => stack.close());

/** Runs sipp to its end; its exit code says whether all calls went by the scenario. */
async function sipp(transport: SipTransport, args: readonly string[]): Promise<string> {
  const common = [
    '-i',
    '127.0.0.1',
    '-t',
    transport === 'tcp' ? 't1' : 'u1',
    '-nostdin',
    '-timeout',
    '30',
    '-timeout_error',
  ];
  const child = spawn('sipp', [...common, ...args], { cwd: tmpdir(), stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const [code] = await once(child, 'exit');
  return code === 0 ? 'all calls' : `exit ${code}: ${errors.slice(-500)}`;
}

async function open(transport: 'udp' | 'tcp', admission: 'trunk' | 'agents', digits: string[]): Promise<number> {
  registered = 0;
  stack = createSipStack({
    lookUpPassword: async (user) => (user === '1001' ? { kind: 'found', password: 'secret' } : { kind: 'unknown' }),
    onInvite: (invite) => {
      invite.ring();
      void invite.answer(SDP, { onDigit: (_call, digit) => digits.push(digit) });
    },
    onRegistration: ({ kind }) => {
      if (kind === 'registered' || kind === 'refreshed') registered++;
    },
  });
  const profile = await stack.openProfile({
    name: 'profile',
    listeners: [{ transport, port: 0 }],
    admission:
      admission === 'trunk'
        ? { kind: 'trunk', allowedSources: ['127.0.0.1'] }
        : { kind: 'agents', realm: 'tandem.test' },
  });
  return profile.addresses[0]!.port;
}

describe.each(['udp', 'tcp'] as const)('sipp over %s', (transport) => {
  it('calls us', async () => {
    const port = await open(transport, 'trunk', []);
    const load = ['-m', String(CALLS), '-r', '20', '-d', '50', '-s', '500'];
    expect(await sipp(transport, ['-sn', 'uac', ...load, `127.0.0.1:${port}`])).toBe('all calls');
    expect(stack.gauges()).toMatchObject({ dialogs: 0, counters: { messagesMalformed: 0 } });
  });

  it('registers and calls with digest, and sends digits', async () => {
    const digits: string[] = [];
    const port = await open(transport, 'agents', digits);
    expect(await sipp(transport, ['-sf', AGENT, '-m', '10', '-r', '10', `127.0.0.1:${port}`])).toBe('all calls');
    expect(digits).toEqual(Array(10).fill('5'));
    expect(registered).toBe(10);
  });

  it('is called by us', async () => {
    await open(transport, 'trunk', []);
    const peerPort = transport === 'udp' ? 25_160 : 25_162;
    const peer = sipp(transport, ['-sn', 'uas', '-m', String(CALLS), '-p', String(peerPort)]);
    const uri = `sip:500@127.0.0.1:${peerPort};transport=${transport}`;
    const dial = (): Promise<'ended' | InviteFailure> =>
      new Promise((resolve) => {
        stack.invite(
          { profile: 'profile', target: { kind: 'uri', uri }, offer: SDP },
          { onAnswered: (call) => void call.bye().then(() => resolve('ended')), onFailed: resolve },
        );
      });
    // A TCP peer that is still starting refuses the connection; the first call waits for it.
    let first = await dial();
    while (first !== 'ended') first = await dial();
    const outcomes = await Promise.all(Array.from({ length: CALLS - 1 }, dial));
    expect(outcomes).toEqual(Array(CALLS - 1).fill('ended'));
    expect(await peer).toBe('all calls');
  });
});
