import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../config/logger.ts';
import { ScriptedPhone } from '../../../tests/phones/index.ts';
import { type Softswitch, type SoftswitchSettingsInput, startSoftswitch } from '../index.ts';
import { RawClient } from './raw-client.ts';
import { testSettings } from './rig.ts';

const closers: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(more: Partial<SoftswitchSettingsInput> = {}): Promise<Softswitch> {
  const softswitch = await startSoftswitch(testSettings(more), silentLogger);
  closers.push(() => softswitch.close());
  return softswitch;
}

async function client(softswitch: Softswitch, ...commands: string[]): Promise<RawClient> {
  const raw = new RawClient(softswitch.ports.eventSocket);
  closers.push(() => raw.close());
  for (const command of ['auth ClueCon', ...commands]) await raw.ask(command);
  return raw;
}

async function caller(softswitch: Softswitch): Promise<ScriptedPhone> {
  const phone = await ScriptedPhone.start({
    user: 'caller',
    server: `127.0.0.1:${softswitch.ports.trunk}`,
    toneHz: 400,
  });
  closers.push(() => phone.close());
  return phone;
}

const named = (raw: RawClient, name: string) => raw.events().filter((event) => event.headers['Event-Name'] === name);
const idOf = async (raw: RawClient, name: string) =>
  (await raw.until(() => named(raw, name)[0]?.headers['Unique-ID'])) ?? '';

describe('clients of the event socket', () => {
  it('is turned away with a wrong password, and told goodbye', async () => {
    const softswitch = await start();
    const raw = new RawClient(softswitch.ports.eventSocket);
    closers.push(() => raw.close());
    expect(await raw.ask('api status')).toContain('-ERR command not found');
    expect(await raw.ask('auth wrong')).toBe('Content-Type: command/reply\nReply-Text: -ERR invalid\n\n');
    expect(await raw.until(() => raw.closed)).toBe(true);
    expect(raw.frames.at(-1)?.text).toContain('Disconnected, goodbye.');
  });

  it('are as many as allowed; the next one hears so', async () => {
    const softswitch = await start({ eventSocket: { port: 0, password: 'ClueCon', maxListeners: 1 } });
    await client(softswitch);
    const second = new RawClient(softswitch.ports.eventSocket);
    expect(await second.until(() => second.closed)).toBe(true);
    expect(second.frames.map(({ text }) => text)).toEqual([
      'Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n',
    ]);
  });

  it('are let go when they send more than a command may be', async () => {
    const softswitch = await start();
    const raw = await client(softswitch);
    expect(await raw.ask(`api ${'x'.repeat(70_000)}`)).toContain('-ERR command parse error.');
    expect(await raw.until(() => raw.closed)).toBe(true);
  });

  it('are cut off when they do not read, and the others are not held up', async () => {
    const softswitch = await start({
      eventSocket: { port: 0, password: 'ClueCon', maxQueuedEvents: 10, maxLostEvents: 5 },
    });
    const slow = connect(softswitch.ports.eventSocket, '127.0.0.1');
    closers.push(() => slow.destroy());
    slow.on('error', () => undefined);
    slow.write('auth ClueCon\n\nevent plain ALL\n\n');
    await new Promise((resolve) => slow.once('data', resolve));
    slow.pause();
    const raw = await client(softswitch, 'event plain CUSTOM busy::body');
    const body = 'x'.repeat(100_000);
    const event = `sendevent CUSTOM\nEvent-Subclass: busy::body\nContent-Length: ${body.length}`;
    const gone = new Promise((resolve) => slow.once('close', resolve));
    for (let sent = 0; sent < 200; sent++) raw.send(`${event}\n\n${body}`.slice(0, -2));
    expect(await raw.until(() => named(raw, 'CUSTOM').length >= 1)).toBe(true);
    slow.resume();
    await gone;
  });
});

describe('calls', () => {
  it('are refused with 503 when there are too many', async () => {
    const softswitch = await start({ limits: { maxSessions: 1, sessionsPerSecond: 100 } });
    const raw = await client(softswitch, 'event plain ALL');
    const phone = await caller(softswitch);
    await phone.call('4000');
    await idOf(raw, 'CHANNEL_PARK');
    const second = await phone.call('4000');
    expect(await second.ended).toMatchObject({ status: 503 });
  });

  it('get a way out when nobody controls them', async () => {
    const softswitch = await start({ parking: { unattendedSec: 1, prompt: 'tone_stream://%(200,0,500)' } });
    const raw = await client(softswitch, 'event plain ALL');
    const phone = await caller(softswitch);
    await phone.call('4000');
    await raw.until(() => named(raw, 'CHANNEL_HANGUP_COMPLETE')[0]);
    expect(named(raw, 'PLAYBACK_STOP')[0]?.headers['Playback-Status']).toBe('done');
    expect(named(raw, 'CHANNEL_HANGUP')[0]?.headers['Hangup-Cause']).toBe('NORMAL_TEMPORARY_FAILURE');
  });

  it('end when park_timeout is over', async () => {
    const softswitch = await start();
    const raw = await client(softswitch, 'event plain ALL');
    const phone = await caller(softswitch);
    await phone.call('4000');
    const uuid = await idOf(raw, 'CHANNEL_PARK');
    await raw.api(`uuid_setvar ${uuid} park_timeout 1:USER_BUSY`);
    await raw.api(`uuid_park ${uuid}`);
    await raw.until(() => named(raw, 'CHANNEL_HANGUP_COMPLETE')[0]);
    expect(named(raw, 'CHANNEL_HANGUP')[0]?.headers['Hangup-Cause']).toBe('USER_BUSY');
  });

  it('end when the phone vanished', async () => {
    const softswitch = await start({ mediaTimeoutSec: 1 });
    const raw = await client(softswitch, 'event plain ALL');
    const phone = await caller(softswitch);
    const call = await phone.call('4000');
    await raw.api(`uuid_answer ${await idOf(raw, 'CHANNEL_PARK')}`);
    await raw.until(() => named(raw, 'CHANNEL_ANSWER')[0]);
    call.vanish();
    await raw.until(() => named(raw, 'CHANNEL_HANGUP_COMPLETE')[0]);
    expect(named(raw, 'CHANNEL_HANGUP')[0]?.headers['Hangup-Cause']).toBe('MEDIA_TIMEOUT');
  });

  it('ring a phone by the bridge application, and end with it', async () => {
    const softswitch = await start();
    const raw = await client(softswitch, 'event plain ALL');
    const phone = await caller(softswitch);
    const outside = await ScriptedPhone.start({
      user: 'outside',
      server: `127.0.0.1:${softswitch.ports.trunk}`,
      toneHz: 700,
    });
    closers.push(() => outside.close());
    const call = await phone.call('4000');
    const uuid = await idOf(raw, 'CHANNEL_PARK');
    await raw.api(
      `uuid_transfer ${uuid} 'set:hangup_after_bridge=true,bridge:sofia/trunk/outside@127.0.0.1:${outside.port}' inline`,
    );
    await call.untilHears(700);
    expect(named(raw, 'CHANNEL_BRIDGE')[0]?.headers['Bridge-A-Unique-ID']).toBe(uuid);
    await outside.hangUpAll();
    await raw.until(() => named(raw, 'CHANNEL_HANGUP_COMPLETE').length === 2);
    expect(named(raw, 'CHANNEL_UNBRIDGE')).toHaveLength(1);
    expect(await raw.api('show channels as json')).toBe('{"row_count": 0}\n');
  });
});
