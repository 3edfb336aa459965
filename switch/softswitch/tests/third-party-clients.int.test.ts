import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Rig, startRig } from './rig.ts';

/** The part of the two libraries that is used here; neither has types. */
interface EslEvent {
  getHeader(name: string): string | undefined;
  getBody(): string;
}
interface EslConnection {
  on(event: string, listener: (event: EslEvent) => void): void;
  api(command: string, args: string, callback: (event: EslEvent) => void): void;
  bgapi(command: string, args: string, callback: (event: EslEvent) => void): void;
  execute(app: string, data: string, uuid: string, callback: (event: EslEvent) => void): void;
  subscribe(events: string, callback: () => void): void;
  disconnect(): void;
}
interface EslLibrary {
  Connection: new (host: string, port: number, password: string, ready: () => void) => EslConnection;
}

const load = createRequire(import.meta.url);
let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig?.close());

function connect(library: EslLibrary): Promise<EslConnection> {
  return new Promise((resolve) => {
    const connection = new library.Connection('127.0.0.1', rig.softswitch.ports.eventSocket, 'ClueCon', () =>
      resolve(connection),
    );
  });
}

describe.each(['modesl', 'drachtio-modesl'])('%s', (name) => {
  it('connects, subscribes, originates and plays', async () => {
    const connection = await connect(load(name) as EslLibrary);
    const seen: string[] = [];
    connection.on('esl::event::PLAYBACK_STOP::*', (event) => seen.push(event.getHeader('Playback-Status') ?? ''));
    await new Promise<void>((resolve) =>
      connection.subscribe('PLAYBACK_STOP CHANNEL_PARK BACKGROUND_JOB CHANNEL_EXECUTE_COMPLETE', resolve),
    );
    const contact = await new Promise<string>((resolve) =>
      connection.api('sofia_contact', 'agents/1001@tandem.local', (event) => resolve(event.getBody())),
    );
    expect(contact).toMatch(/^sofia\/agents\/sip:1001/);
    const answer = await new Promise<string>((resolve) =>
      connection.bgapi('originate', `{originate_timeout=10,ignore_early_media=true}${contact} &park()`, (event) =>
        resolve(event.getBody()),
      ),
    );
    expect(answer).toMatch(/^\+OK [0-9a-f-]{36}\n$/);
    const uuid = answer.slice(4).trim();
    const played = await new Promise<EslEvent>((resolve) =>
      connection.execute('playback', 'tone_stream://%(300,0,440)', uuid, resolve),
    );
    expect(played.getHeader('Application-Response')).toBe('FILE PLAYED');
    expect(seen).toEqual(['done']);
    const missing = await new Promise<EslEvent>((resolve) =>
      connection.execute('playback', join(rig.folder, 'nothing.wav'), uuid, resolve),
    );
    expect(missing.getHeader('Application-Response')).toBe('FILE NOT FOUND');
    const killed = await new Promise<string>((resolve) =>
      connection.api('uuid_kill', uuid, (event) => resolve(event.getBody())),
    );
    expect(killed).toBe('+OK\n');
    connection.disconnect();
  });
});
