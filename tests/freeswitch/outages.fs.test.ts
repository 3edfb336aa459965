import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ContactDetail } from '../../acd/api/contract/index.ts';
import { LinkProxy } from '../call-control/link-proxy.ts';
import { type Browser, openBrowser } from '../e2e/browser.ts';
import { type Center, startCenter } from '../e2e/center.ts';
import {
  api,
  beginShift,
  chooseStatus,
  closedContact,
  contactIn,
  deskState,
  finishWrapUp,
  pause,
  until,
} from '../e2e/desk-page.ts';
import { type Caller, callIn } from '../e2e/people.ts';
import { askSwitch, switchUnderTest } from './switch-under-test.ts';

const CALLER_TONE_HZ = 1_000;
const AGENT_TONE_HZ = 700;
const MESSAGE_MS = 4_000;
const there = switchUnderTest();
let link: LinkProxy;
let center: Center;
let desk: Browser;
let caller: Caller;
let contactId: string;

beforeAll(async () => {
  link = await LinkProxy.start(there.host, there.port);
  center = await startCenter({
    FREESWITCH_HOSTS: `127.0.0.1:${link.port}`,
    FREESWITCH_WS_URL: there.environment.FREESWITCH_WS_URL ?? `ws://${there.host}:5066`,
  });
  desk = await openBrowser({ toneHz: AGENT_TONE_HZ });
  await beginShift(desk.page, center.url, 'wang');
  await chooseStatus(desk.page, 'available');
});

afterAll(async () => {
  await caller?.call.hangUp();
  await caller?.phone.close();
  await desk?.close();
  await center?.close();
  await link?.close();
});

async function talk(): Promise<void> {
  caller = await callIn(center, { toneHz: CALLER_TONE_HZ, digit: '2' });
  await desk.page.getByTestId('answer').click({ timeout: 20_000 });
  contactId = (await contactIn(desk.page, 'talking')).contactId;
  await caller.call.untilHears(AGENT_TONE_HZ);
}

it('the event socket drops and returns: the talk goes on and ends as always', async () => {
  await talk();
  link.cut();
  await until('the desk says that the switch is away', 10_000, async () =>
    (await deskState(desk.page)).limits.includes('switch-away'),
  );
  await caller.call.untilHears(AGENT_TONE_HZ);
  link.mend();
  await until('the switch is back', 30_000, async () => (await deskState(desk.page)).limits.length === 0);
  expect((await contactIn(desk.page, 'talking')).contactId).toBe(contactId);
  await desk.page.getByTestId('hang-up').click();
  await caller.call.ended;
  await contactIn(desk.page, 'wrap-up');
  await finishWrapUp(desk.page);
  expect((await closedContact(desk.page, contactId)).outcome).toBe('answered');
});

it('the caller hangs up while the event socket is away: that is noticed afterwards', async () => {
  await talk();
  link.cut();
  await caller.call.hangUp();
  await pause(1_000);
  link.mend();
  await contactIn(desk.page, 'wrap-up', 40_000);
  await finishWrapUp(desk.page);
  expect((await closedContact(desk.page, contactId)).outcome).toBe('answered');
});

it('the server is killed in mid-call: the talk goes on, and the next start takes the call up again', async () => {
  await talk();
  await center.kill();
  await caller.call.untilHears(AGENT_TONE_HZ);
  await center.restart();
  await until('the page has the call back', 40_000, async () =>
    (await deskState(desk.page)).contacts.some((contact) => contact.contactId === contactId),
  );
  await caller.call.untilHears(AGENT_TONE_HZ);
  await desk.page.getByTestId('hang-up').click();
  expect((await caller.call.ended).by).toBe('them');
  await contactIn(desk.page, 'wrap-up');
  await finishWrapUp(desk.page);
  const contact = await closedContact(desk.page, contactId);
  expect(contact.outcome).toBe('answered');
  expect(contact.recordings.every((recording) => recording.state === 'complete')).toBe(true);
});

it('all calls vanish on the switch: the contact ends with a cause and the agent is free', async () => {
  await talk();
  await askSwitch('hupall');
  await contactIn(desk.page, 'wrap-up');
  await finishWrapUp(desk.page);
  expect((await closedContact(desk.page, contactId)).outcome).toBe('answered');
});

it('a caller leaves a message, and it is kept whole', async () => {
  await chooseStatus(desk.page, 'break-meal');
  caller = await callIn(center, { toneHz: CALLER_TONE_HZ, digit: '2' });
  const waiting = await until('the caller waits', 20_000, async () =>
    (await deskState(desk.page)).queues.some((queue) => queue.waiting > 0),
  );
  expect(waiting).toBe(true);
  await pause(8_000);
  caller.call.sendDigits('2');
  await pause(8_000 + MESSAGE_MS);
  await caller.call.hangUp();
  const customer = await until('the message is in the customer\u2019s timeline', 20_000, async () => {
    const found = await api<{ items: ContactDetail[] }>(desk.page, `/customers/${await customerOf()}/timeline`);
    return found.items.find((item) => item.outcome === 'voicemail');
  });
  expect(customer.recordings).toMatchObject([{ kind: 'voicemail', state: 'complete' }]);
  expect(customer.recordings[0]?.durationMs).toBeGreaterThan(MESSAGE_MS / 2);
});

/** The customer of the conversations before. */
async function customerOf(): Promise<string> {
  return (await api<ContactDetail>(desk.page, `/contacts/${contactId}`)).customerId;
}
