import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ContactPage } from '../../acd/api/contract/index.ts';
import { type Browser, openBrowser } from './browser.ts';
import { type Center, startCenter } from './center.ts';
import {
  api,
  beginShift,
  chooseStatus,
  closedContact,
  contactIn,
  deskState,
  finishWrapUp,
  textOf,
  until,
} from './desk-page.ts';
import { heard, listenFor, loudness } from './listening.ts';
import { type Caller, callIn } from './people.ts';

const CALLER_TONE_HZ = 1_000;
const AGENT_TONE_HZ = 700;
/** The page's promise after a reload. */
const SOUND_AGAIN_MS = 5_000;
const AUDIBLE = 0.01;
/** Keeps hold of the page's sockets, so that a test can break them as a network would. */
const KEEP_SOCKETS = `{
  const Plain = WebSocket;
  window.openSockets = new Set();
  window.WebSocket = class extends Plain {
    constructor(...options) { super(...options); window.openSockets.add(this); }
  };
}`;
let center: Center;
let desk: Browser;
let caller: Caller;
let contactId: string;

beforeAll(async () => {
  center = await startCenter();
  desk = await openBrowser({ toneHz: AGENT_TONE_HZ, hears: [CALLER_TONE_HZ] });
  await desk.page.addInitScript({ content: KEEP_SOCKETS });
  await beginShift(desk.page, center.url, 'wang');
  await chooseStatus(desk.page, 'available');
  caller = await callIn(center, { toneHz: CALLER_TONE_HZ, digit: '2' });
  await desk.page.getByTestId('answer').click({ timeout: 20_000 });
  contactId = (await contactIn(desk.page, 'talking')).contactId;
  await caller.call.untilHears(AGENT_TONE_HZ);
});

afterAll(async () => {
  await caller?.phone.close();
  await desk?.close();
  await center?.close();
});

const agentHears = () =>
  until('the agent hears the caller', 10_000, async () => (await loudness(desk.page, CALLER_TONE_HZ)) > AUDIBLE);

it('a reload in mid-call brings the same call back with sound within 5 s', async () => {
  const reloadedAtMs = Date.now();
  await desk.page.reload();
  await agentHears();
  const { firstAtMs } = await heard(desk.page, CALLER_TONE_HZ);
  expect((firstAtMs ?? Number.NaN) - reloadedAtMs, 'ms from the reload to the caller’s sound').toBeLessThan(
    SOUND_AGAIN_MS,
  );
  await caller.call.untilHears(AGENT_TONE_HZ);
  expect(caller.call.state).toBe('up');
  const talking = await contactIn(desk.page, 'talking');
  expect(talking.contactId).toBe(contactId);
  await until('the page shows the call', 5_000, async () =>
    (await textOf(desk.page.getByTestId('call-state'))).includes('通话'),
  );
});

it('without network the page says so, the talk goes on, and it catches up by itself', async () => {
  await desk.context.setOffline(true);
  await desk.page.evaluate('for (const socket of window.openSockets) socket.close()');
  await desk.page.getByTestId('not-connected').waitFor({ timeout: 10_000 });
  expect(await loudness(desk.page, CALLER_TONE_HZ)).toBeGreaterThan(AUDIBLE);
  await desk.context.setOffline(false);
  await desk.page.getByTestId('not-connected').waitFor({ state: 'detached', timeout: 15_000 });
  await until('the phone is registered again', 15_000, async () => (await deskState(desk.page)).phoneRegistered);
  await agentHears();
  await caller.call.untilHears(AGENT_TONE_HZ, 10_000);
  expect((await contactIn(desk.page, 'talking')).contactId).toBe(contactId);
});

it('a second tab does not take the phone away, but may take it over with the call', async () => {
  const second = await desk.context.newPage();
  await listenFor(second, [CALLER_TONE_HZ]);
  await second.goto(`${center.url}/desk`);
  await second.getByTestId('phone-elsewhere').waitFor({ timeout: 10_000 });
  await agentHears();
  await second.getByTestId('phone-take-over').click();
  await until(
    'the second tab hears the caller',
    10_000,
    async () => (await loudness(second, CALLER_TONE_HZ)) > AUDIBLE,
  );
  await caller.call.untilHears(AGENT_TONE_HZ);
  await desk.page.getByTestId('phone-elsewhere').waitFor({ timeout: 10_000 });
  expect((await contactIn(second, 'talking')).contactId).toBe(contactId);
  expect(caller.call.state).toBe('up');
  await second.getByTestId('hang-up').click();
  expect((await caller.call.ended).by).toBe('them');
  await contactIn(second, 'wrap-up');
  await finishWrapUp(second);
});

it('all of it was one contact with one agent, answered once', async () => {
  const contact = await closedContact(desk.page, contactId);
  expect(contact.outcome).toBe('answered');
  expect(contact.segments.map((segment) => segment.kind)).toEqual(['flow', 'queue', 'agent']);
  const today = await api<ContactPage>(desk.page, '/contacts/today');
  expect(today.items.map((item) => item.contactId)).toEqual([contactId]);
});
