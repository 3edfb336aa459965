import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScriptedPhone } from '../../../tests/phones/index.ts';
import type { Frame } from './frames.ts';
import { RawClient } from './raw-client.ts';
import { type Rig, startRig } from './rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig?.close());

async function listening(): Promise<RawClient> {
  const raw = new RawClient(rig.softswitch.ports.eventSocket);
  await raw.ask('auth ClueCon');
  await raw.ask('event plain ALL');
  return raw;
}

function find(raw: RawClient, name: string, fits: (headers: Frame['headers']) => boolean = () => true) {
  return raw.until(() => raw.events().find((event) => event.headers['Event-Name'] === name && fits(event.headers)));
}

describe('what phones do by themselves', () => {
  it('a REFER sends the caller to the extension, and the phone that asked is out', async () => {
    const raw = await listening();
    const { ports } = rig.softswitch;
    await rig.caller.dial(`sip:4000@127.0.0.1:${ports.trunk}`);
    const caller = (await find(raw, 'CHANNEL_PARK'))?.headers['Unique-ID'] ?? '';
    await raw.api(`uuid_answer ${caller}`);
    const contact = await raw.api('sofia_contact 1001');
    const agent = await raw.api('create_uuid');
    await raw.ask(`bgapi originate {origination_uuid=${agent},ignore_early_media=true}${contact} &park()`);
    await find(raw, 'CHANNEL_PARK', (headers) => headers['Unique-ID'] === agent);
    await raw.api(`uuid_bridge ${caller} ${agent}`);
    await find(raw, 'CHANNEL_BRIDGE');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await rig.agents[0]?.transfer(`sip:4555@127.0.0.1:${ports.agents}`);
    const parked = await find(
      raw,
      'CHANNEL_PARK',
      (headers) => headers['Unique-ID'] === caller && headers['Caller-Destination-Number'] === '4555',
    );
    expect(parked?.headers['Caller-RDNIS']).toBe('4000');
    const gone = await find(raw, 'CHANNEL_HANGUP', (headers) => headers['Unique-ID'] === agent);
    expect(gone?.headers['Hangup-Cause']).toBe('BLIND_TRANSFER');
    await raw.api(`uuid_kill ${caller}`);
    await find(raw, 'CHANNEL_DESTROY', (headers) => headers['Unique-ID'] === caller);
    raw.close();
  });

  it('comes and goes: register, again, and away', async () => {
    const raw = await listening();
    const phone = await ScriptedPhone.start({
      user: '1002',
      password: 'pw1002',
      domain: 'tandem.local',
      server: `127.0.0.1:${rig.softswitch.ports.agents}`,
      toneHz: 0,
    });
    const isMine = (headers: Frame['headers']) => headers.contact?.includes(`:${phone.port}`) === true;
    await phone.register(60);
    const came = await find(
      raw,
      'CUSTOM',
      (headers) => isMine(headers) && headers['Event-Subclass'] === 'sofia::register',
    );
    expect(came?.headers).toMatchObject({
      'profile-name': 'agents',
      'from-user': '1002',
      'from-host': 'tandem.local',
      'network-ip': '127.0.0.1',
      'network-port': String(phone.port),
      status: 'Registered(UDP)',
      expires: '60',
      username: '1002',
      realm: 'tandem.local',
    });
    await phone.register(0);
    const went = await find(
      raw,
      'CUSTOM',
      (headers) => isMine(headers) && headers['Event-Subclass'] === 'sofia::unregister',
    );
    expect(went?.headers['from-user']).toBe('1002');
    await phone.close();
    raw.close();
  });
});
