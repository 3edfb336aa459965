import { afterEach, expect, it } from 'vitest';
import { silentLogger } from '../../../config/logger.ts';
import { startSoftswitch } from '../index.ts';
import { RawClient } from './raw-client.ts';
import { testSettings } from './rig.ts';
import { WebRtcPhone } from './webrtc-phone.ts';

const closers: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

it("a page's phone registers over WebSocket, is rung by what sofia_contact says, hears, and is hung up", async () => {
  const settings = testSettings({ sip: { trunk: { port: 0 }, agents: { port: 0, wsPort: 0 } } });
  const softswitch = await startSoftswitch(settings, silentLogger);
  closers.push(() => softswitch.close());
  const phone = new WebRtcPhone(softswitch.ports.agentsWs ?? 0, '1001', 'pw1001');
  closers.push(() => phone.close());
  await phone.register();
  const raw = new RawClient(softswitch.ports.eventSocket);
  closers.push(() => raw.close());
  await raw.ask('auth ClueCon');
  await raw.ask('event plain BACKGROUND_JOB PLAYBACK_STOP CHANNEL_HANGUP_COMPLETE');
  const contact = await raw.api('sofia_contact agents/1001@tandem.local');
  expect(contact).toBe('sofia/agents/sip:page@random.invalid;transport=ws');
  const variables = '{ignore_early_media=true,origination_caller_id_number=4711}';
  await raw.ask(`bgapi originate ${variables}${contact} &playback(tone_stream://%(2000,0,440))`);
  expect(await phone.called).toBe('4711');
  const job = await raw.until(() => raw.events().find((event) => event.headers['Event-Name'] === 'BACKGROUND_JOB'));
  expect(job?.eventBody).toMatch(/^\+OK [0-9a-f-]{36}\n$/);
  await phone.ended;
  expect(phone.heard).toBeGreaterThan(10);
  const names = () => raw.events().map((event) => event.headers['Event-Name']);
  expect(await raw.until(() => names().includes('CHANNEL_HANGUP_COMPLETE'))).toBe(true);
  expect(names()).toContain('PLAYBACK_STOP');
});
