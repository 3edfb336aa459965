import JsSIP from 'jssip';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createSipStack, type RegistrationEvent, type SipStack } from './index.ts';

let stack: SipStack;
let ua: JsSIP.UA | undefined;
afterEach(async () => {
  ua?.stop();
  await stack.close();
});

/** JsSIP's socket interface on `ws`, which Node has no own WebSocket of in our oldest version. */
function nodeSocket(url: string) {
  let socket: WebSocket | undefined;
  const self = {
    via_transport: 'WS',
    url,
    sip_uri: 'sip:127.0.0.1;transport=ws',
    onconnect: () => undefined,
    ondisconnect: (_error: boolean, _code?: number, _reason?: string) => undefined,
    ondata: <T>(_event: T): void => undefined,
    connect: () => {
      socket = new WebSocket(url, 'sip');
      socket.on('open', () => self.onconnect());
      socket.on('close', (code, reason) => self.ondisconnect(code !== 1000, code, reason.toString()));
      socket.on('message', (data) => self.ondata(data.toString()));
      socket.on('error', () => undefined);
    },
    disconnect: () => {
      socket?.close(1000);
    },
    send: (message: string | ArrayBufferLike | Blob | ArrayBufferView) => {
      socket?.send(String(message));
      return true;
    },
    isConnected: () => socket?.readyState === WebSocket.OPEN,
    isConnecting: () => socket?.readyState === WebSocket.CONNECTING,
  };
  return self;
}

async function open(password: string): Promise<{ events: RegistrationEvent[]; phone: JsSIP.UA }> {
  const events: RegistrationEvent[] = [];
  stack = createSipStack({
    lookUpPassword: async () => ({ kind: 'found', password: 'secret' }),
    onInvite: (invite) => invite.reject(486),
    onRegistration: (event) => events.push(event),
  });
  const profile = await stack.openProfile({
    name: 'agents',
    listeners: [{ transport: 'ws', port: 0 }],
    admission: { kind: 'agents', realm: 'tandem.test', digests: ['MD5', 'SHA-256'] },
  });
  const socket = nodeSocket(`ws://127.0.0.1:${profile.addresses[0]!.port}`);
  const phone = new JsSIP.UA({
    sockets: [{ socket, weight: 0 }],
    uri: 'sip:1001@tandem.test',
    password,
    register_expires: 120,
  });
  ua = phone;
  return { events, phone };
}

describe('JsSIP', () => {
  it('registers, is found by its user, and unregisters when it stops', async () => {
    const { events, phone } = await open('secret');
    const registered = new Promise((resolve) => phone.once('registered', resolve));
    phone.start();
    await registered;
    expect(stack.bindings('1001')).toMatchObject([
      { flow: { transport: 'ws' }, contact: expect.stringContaining('.invalid') },
    ]);
    const unregistered = new Promise((resolve) => phone.once('unregistered', resolve));
    phone.unregister();
    await unregistered;
    expect(events.map(({ kind }) => kind)).toEqual(['registered', 'unregistered']);
  });

  it('hears that its password is wrong', async () => {
    const { phone } = await open('wrong');
    const failed = new Promise<{ cause?: string }>((resolve) => phone.once('registrationFailed', resolve));
    phone.start();
    expect((await failed).cause).toBe('Rejected');
    expect(stack.allBindings()).toEqual([]);
  });
});
