import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../config/clock.ts';
import { type CodedError, isCoded } from '../../../config/errors.ts';
import { type Script, ScriptedServer } from '../testing/scripted-server.ts';
import { EventSocketConnection } from './connection.ts';
import type { SwitchEvent } from './switch-event.ts';

let server: ScriptedServer;
let connection: EventSocketConnection | undefined;
let events: SwitchEvent[];
let ended: Promise<CodedError>;

beforeEach(async () => {
  server = await ScriptedServer.start(() => undefined);
  events = [];
});

afterEach(async () => {
  connection?.close();
  await server.close();
});

async function open(script: Script, password = 'secret', openDeadlineMs = 2000): Promise<EventSocketConnection> {
  server.script = script;
  let onClosed: (reason: CodedError) => void = () => undefined;
  ended = new Promise((resolve) => {
    onClosed = resolve;
  });
  connection = await EventSocketConnection.open({
    host: '127.0.0.1',
    port: server.port,
    password,
    clock: systemClock,
    openDeadlineMs,
    limits: { maxHeaderBytes: 4096, maxBodyBytes: 65_536 },
    onEvent: (event) => events.push(event),
    onClosed,
  });
  return connection;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    return isCoded(error) ? `${error.code} ${error.fields.reason ?? ''}`.trim() : String(error);
  }
}

describe('signing in', () => {
  it('names a wrong password', async () => {
    expect(await codeOf(open(() => undefined, 'other'))).toBe('switch.wrong-password');
  });

  it('names a refusal by address', async () => {
    server.greeting = 'Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n';
    expect(await codeOf(open(() => undefined))).toBe('switch.refused rude-rejection');
  });

  it('gives up on a server that says nothing', async () => {
    server.greeting = undefined;
    expect(await codeOf(open(() => undefined, 'secret', 100))).toBe('switch.link-lost open-deadline');
  });

  it('gives up when nobody listens', async () => {
    const port = server.port;
    await server.close();
    const attempt = EventSocketConnection.open({
      host: '127.0.0.1',
      port,
      password: 'secret',
      clock: systemClock,
      openDeadlineMs: 1000,
      onEvent: () => undefined,
      onClosed: () => undefined,
    });
    expect(await codeOf(attempt)).toBe('switch.link-lost socket-error');
    server = await ScriptedServer.start(() => undefined);
  });
});

describe('replies', () => {
  it('go to their commands in order, sendmsg included', async () => {
    const open_ = await open((command, peer) => {
      if (command.startsWith('sendmsg')) peer.reply('-ERR invalid session id [x]');
      else peer.apiResponse(`answer to ${command}`);
    });
    const [first, message, second] = await Promise.all([
      open_.api('one', 1000),
      open_.command('sendmsg x', 1000, { 'call-command': 'execute' }),
      open_.api('two', 1000),
    ]);
    expect([first.text, message.text, second.text]).toEqual([
      'answer to api one',
      '-ERR invalid session id [x]',
      'answer to api two',
    ]);
  });

  it('end an api that is answered by a command reply', async () => {
    const link = await open((_command, peer) => peer.reply('-ERR permission denied'));
    expect(await link.api('shutdown', 1000)).toEqual({ ok: false, text: '-ERR permission denied' });
  });

  it('may hold a stray percent sign', async () => {
    const link = await open((_command, peer) => peer.reply('-ERR 100% [%zz]'));
    expect((await link.command('x', 1000)).text).toBe('-ERR 100% [%zz]');
  });

  it('that come too late are not given to the next command', async () => {
    const held: (() => void)[] = [];
    const link = await open((command, peer) => {
      if (command === 'api slow') held.push(() => peer.apiResponse('slow'));
      else {
        for (const release of held.splice(0)) release();
        peer.apiResponse('fast');
      }
    });
    expect(await codeOf(link.api('slow', 30))).toBe('switch.deadline');
    expect((await link.api('fast', 1000)).text).toBe('fast');
  });

  it('without a command end the connection', async () => {
    const link = await open((_command, peer) => {
      peer.apiResponse('one');
      peer.apiResponse('two');
    });
    await link.api('x', 1000);
    expect((await ended).fields.reason).toBe('reply-without-command');
  });
});

describe('background jobs', () => {
  const jobId = (command: string): string => /Job-UUID: (.+)/.exec(command)?.[1] ?? '';

  it('give the result, also when it comes before the acceptance', async () => {
    const link = await open((command, peer) => {
      const id = jobId(command);
      peer.event({ 'Event-Name': 'BACKGROUND_JOB', 'Job-UUID': id, _body: '+OK early\n' });
      peer.reply(`+OK Job-UUID: ${id}`);
    });
    expect(await link.bgapi('originate x', 1000)).toEqual({ ok: true, text: '+OK early\n' });
  });

  it('that are refused end at once', async () => {
    const link = await open((_command, peer) => peer.reply('-ERR permission denied'));
    expect(await link.bgapi('originate x', 60_000)).toEqual({ ok: false, text: '-ERR permission denied' });
  });

  it('that fail say so', async () => {
    const link = await open((command, peer) => {
      peer.reply('+OK');
      peer.event({ 'Event-Name': 'BACKGROUND_JOB', 'Job-UUID': jobId(command), _body: '-ERR USER_BUSY\n' });
    });
    expect(await link.bgapi('originate x', 1000)).toEqual({ ok: false, text: '-ERR USER_BUSY\n' });
  });

  it('without a result end at their deadline', async () => {
    const link = await open((_command, peer) => peer.reply('+OK'));
    expect(await codeOf(link.bgapi('originate x', 40))).toBe('switch.deadline');
  });

  it('of other clients are not taken for ours', async () => {
    const link = await open((_command, peer) => {
      peer.event({ 'Event-Name': 'BACKGROUND_JOB', 'Job-UUID': 'somebody', _body: '+OK' });
      peer.reply('+OK');
    });
    expect(await codeOf(link.bgapi('originate x', 40))).toBe('switch.deadline');
    expect(events).toEqual([]);
  });
});

describe('a connection that ends', () => {
  it('fails everything that waits, and nothing is sent any more', async () => {
    const link = await open((command) => {
      if (command === 'api last') server.dropAll();
    });
    const waiting = [link.api('first', 60_000), link.bgapi('originate y', 60_000), link.api('last', 60_000)];
    expect(await Promise.all(waiting.map(codeOf))).toEqual(Array(3).fill('switch.link-lost closed-by-switch'));
    expect(await codeOf(link.api('after', 1000))).toBe('switch.link-lost not-connected');
    expect(server.commands).not.toContain('api after');
  });

  it('understands a farewell', async () => {
    await open((_command, peer) => peer.raw('Content-Type: text/disconnect-notice\nContent-Length: 3\n\nbye'));
    void connection?.command('exit', 1000).catch(() => undefined);
    expect((await ended).fields.reason).toBe('disconnect-notice');
  });

  it.each([
    ['garbage', '\x00\x01garbage\n\n'],
    ['a giant length', 'Content-Type: api/response\nContent-Length: 999999999\n\n'],
    ['an endless header', `Content-Type: ${'x'.repeat(10_000)}`],
    ['a broken event', 'Content-Type: text/event-json\nContent-Length: 3\n\n{"a'],
  ])('is what %s leads to', async (_what, text) => {
    const link = await open((_command, peer) => peer.raw(text));
    expect(await codeOf(link.api('x', 5000))).toBe('switch.link-lost switch.protocol');
    expect((await ended).code).toBe('switch.protocol');
  });

  it('can be closed twice', async () => {
    const link = await open(() => undefined);
    link.close();
    link.close();
    expect((await ended).fields.reason).toBe('closed-by-us');
  });
});

it('refuses a command that holds a line break before anything is written', async () => {
  const link = await open((_command, peer) => peer.apiResponse('ok'));
  expect(await codeOf(link.api('x\n\napi fsctl shutdown', 1000))).toBe('request.invalid line-break');
  await link.api('y', 1000);
  expect(server.commands).toEqual(['api y']);
});
