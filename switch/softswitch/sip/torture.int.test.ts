import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSipStack, type IncomingInvite, type OpenProfile, type SipStack } from './index.ts';

const FOLDER = fileURLToPath(new URL('../../../node_modules/sip/test/messages/', import.meta.url));

/** What RFC 4475 expects. `core`: the INVITE reaches the core (which answers 486). 0: nothing is sent. */
const EXPECTED: readonly (readonly [
  file: string,
  section: string,
  profile: 'trunk' | 'agents',
  answer: number | 'core',
])[] = [
  // Valid messages, §3.1.1.
  // It is taken as valid; its To tag names a dialog that is not there (RFC 3261 §12.2.2).
  ['wsinv', '3.1.1.1', 'trunk', 481],
  ['intmeth', '3.1.1.2', 'trunk', 501],
  ['esc01', '3.1.1.3', 'trunk', 'core'],
  ['escnull', '3.1.1.4', 'agents', 401],
  ['esc02', '3.1.1.5', 'agents', 501],
  ['lwsdisp', '3.1.1.6', 'trunk', 200],
  ['longreq', '3.1.1.7', 'trunk', 'core'],
  ['dblreq', '3.1.1.8', 'agents', 401],
  ['semiuri', '3.1.1.9', 'trunk', 200],
  ['transports', '3.1.1.10', 'trunk', 200],
  ['mpart01', '3.1.1.11', 'trunk', 405],
  ['unreason', '3.1.1.12', 'trunk', 0],
  ['noreason', '3.1.1.13', 'trunk', 0],
  // Invalid messages, §3.1.2.
  ['badinv01', '3.1.2.1', 'trunk', 400],
  ['clerr', '3.1.2.2', 'trunk', 400],
  ['ncl', '3.1.2.3', 'trunk', 400],
  ['scalar02', '3.1.2.4', 'agents', 400],
  ['scalarlg', '3.1.2.5', 'trunk', 0],
  ['quotbal', '3.1.2.6', 'trunk', 400],
  ['ltgtruri', '3.1.2.7', 'trunk', 400],
  ['lwsruri', '3.1.2.8', 'trunk', 400],
  ['lwsstart', '3.1.2.9', 'trunk', 400],
  ['trws', '3.1.2.10', 'trunk', 400],
  ['escruri', '3.1.2.11', 'trunk', 400],
  ['baddate', '3.1.2.12', 'trunk', 400],
  ['regbadct', '3.1.2.13', 'agents', 400],
  ['badaspec', '3.1.2.14', 'trunk', 400],
  ['baddn', '3.1.2.15', 'trunk', 400],
  ['badvers', '3.1.2.16', 'trunk', 505],
  ['mismatch01', '3.1.2.17', 'trunk', 400],
  ['mismatch02', '3.1.2.18', 'trunk', 400],
  ['bigcode', '3.1.2.19', 'trunk', 0],
  // Transaction layer and application layer, §3.2–3.4.
  ['badbranch', '3.2.1', 'trunk', 400],
  ['insuf', '3.3.1', 'trunk', 400],
  ['unkscm', '3.3.2', 'trunk', 416],
  ['novelsc', '3.3.3', 'trunk', 416],
  ['unksm2', '3.3.4', 'agents', 400],
  ['bext01', '3.3.5', 'trunk', 420],
  ['invut', '3.3.6', 'trunk', 415],
  ['regaut01', '3.3.7', 'agents', 401],
  ['multi01', '3.3.8', 'trunk', 400],
  ['mcl01', '3.3.9', 'trunk', 400],
  ['bcast', '3.3.10', 'trunk', 0],
  ['zeromf', '3.3.11', 'trunk', 200],
  ['cparam01', '3.3.12', 'agents', 401],
  ['cparam02', '3.3.13', 'agents', 401],
  ['regescrt', '3.3.14', 'agents', 401],
  ['sdp01', '3.3.15', 'trunk', 406],
  ['inv2543', '3.4.1', 'trunk', 'core'],
];

let stack: SipStack;
let trunk: OpenProfile;
let agents: OpenProfile;
const reached: IncomingInvite[] = [];

beforeAll(async () => {
  stack = createSipStack({
    lookUpPassword: async () => ({ kind: 'unknown' }),
    onInvite: (invite) => {
      reached.push(invite);
      invite.reject(486);
    },
  });
  const listeners = [{ transport: 'udp', port: 0 }] as const;
  trunk = await stack.openProfile({
    name: 'trunk',
    listeners,
    admission: { kind: 'trunk', allowedSources: ['127.0.0.0/8'] },
  });
  agents = await stack.openProfile({ name: 'agents', listeners, admission: { kind: 'agents', realm: 'example.com' } });
});

afterAll(() => stack.close());

/** Sends the message, then a probe that is always answered: what came before the probe's answer is all there is. */
async function exchange(bytes: Buffer, port: number): Promise<readonly string[]> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const probeId = `probe-${Math.random()}`;
  const answers: string[] = [];
  const done = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      const text = data.toString('utf8');
      if (text.includes(probeId)) resolve();
      else answers.push(text);
    });
  });
  socket.send(bytes, port, '127.0.0.1');
  const probe = [
    'OPTIONS sip:probe@127.0.0.1 SIP/2.0',
    `Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK${probeId};rport`,
    'From: <sip:probe@127.0.0.1>;tag=1',
    'To: <sip:probe@127.0.0.1>',
    `Call-ID: ${probeId}`,
    'CSeq: 1 OPTIONS',
    'Content-Length: 0\r\n\r\n',
  ].join('\r\n');
  // REGISTER is answered after the directory's turn of the event loop; the probe must not overtake it.
  setTimeout(() => socket.send(probe, port, '127.0.0.1'), 30);
  await done;
  socket.close();
  return answers;
}

describe('RFC 4475 torture messages over a real UDP socket', () => {
  it.each(EXPECTED)('%s (§%s) on %s: %s', async (file, _section, profile, answer) => {
    const before = reached.length;
    const port = (profile === 'trunk' ? trunk : agents).addresses[0]!.port;
    const answers = await exchange(readFileSync(`${FOLDER}${file}.dat`), port);
    const finals = answers.map((text) => Number(text.split(' ')[1])).filter((status) => status >= 200);
    const expected = answer === 'core' ? 486 : answer;
    expect([...new Set(finals)]).toEqual(expected === 0 ? [] : [expected]);
    expect(reached.length - before).toBe(answer === 'core' ? 1 : 0);
  });

  it('reads what the tortured INVITE really says', () => {
    const esc01 = reached.find((invite) => invite.callId.startsWith('esc01'))!;
    expect(esc01.requestUri).toMatchObject({ user: 'sips:user@example.com', host: 'example.net' });
    expect(esc01.from.user).toBe('I have spaces');
  });
});
