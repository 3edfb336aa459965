import { afterAll, beforeAll, expect, it } from 'vitest';
import { Baresip } from '../phones/baresip.ts';
import { type Browser, heard, listenFor, openBrowser } from './browser.ts';
import { type Center, startCenter } from './center.ts';
import { beginShift, deskState, setAvailable, until } from './desk-page.ts';

const CALLER_TONE_HZ = 1_000;
const AGENT_TONE_HZ = 700;
let center: Center;
let desk: Browser;
let phone: Baresip;

beforeAll(async () => {
  center = await startCenter();
  desk = await openBrowser({ toneHz: AGENT_TONE_HZ });
  phone = await Baresip.start({ number: '13800001234', server: center.trunk, toneHz: CALLER_TONE_HZ });
});

afterAll(async () => {
  await phone?.close();
  await desk?.close();
  await center?.close();
});

it('a phone calls, presses a digit, and a browser answers', async () => {
  await beginShift(desk.page, center.url, { name: 'wang', password: 'tandem-demo' });
  await until('the page\u2019s phone registers', 10_000, async () => (await deskState(desk.page)).phoneRegistered);
  await setAvailable(desk.page);
  await listenFor(desk.page, CALLER_TONE_HZ);

  phone.dial(`sip:4000@${center.trunk}`);
  await phone.event('CALL_ESTABLISHED', 10_000);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  phone.digit('2');
  await desk.page.getByTestId('answer').click({ timeout: 20_000 });
  const talking = await until('they talk', 10_000, async () =>
    (await deskState(desk.page)).contacts.find((contact) => contact.state === 'talking'),
  );
  await desk.page.waitForTimeout(3_000);
  const tone = await heard(desk.page, 0);
  expect((tone.firstAtMs ?? Number.POSITIVE_INFINITY) - talking.sinceMs).toBeLessThan(300);
});
