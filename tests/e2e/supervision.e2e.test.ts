import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Floor } from '../../acd/api/contract/index.ts';
import { openApi } from './api.ts';
import { type Browser, openBrowser } from './browser.ts';
import { type Center, startCenter } from './center.ts';
import { api, beginShift, chooseStatus, contactIn, deskState, finishWrapUp, signIn, until } from './desk-page.ts';
import { loudness } from './listening.ts';
import { type Caller, callIn } from './people.ts';

const CALLER_HZ = 1_000;
const AGENT_HZ = 700;
const CHIEF_HZ = 1_300;
const LOUD = 0.02;
let center: Center;
let desk: Browser;
let chief: Browser;
const callers: Caller[] = [];

beforeAll(async () => {
  center = await startCenter();
  desk = await openBrowser({ toneHz: AGENT_HZ, hears: [CALLER_HZ, CHIEF_HZ] });
  chief = await openBrowser({ toneHz: CHIEF_HZ, hears: [CALLER_HZ, AGENT_HZ] });
  await beginShift(desk.page, center.url, 'wang');
  await signIn(chief.page, center.url, 'chen');
  await chief.page.getByTestId('queues-table').waitFor();
  await chief.page.goto(`${center.url}/desk`);
  await chief.page.getByTestId('start-shift').click();
  await chief.page.getByTestId('status-select').waitFor();
  await chooseStatus(chief.page, 'break-meal');
  await chief.page.goto(`${center.url}/supervisor`);
  await chief.page.getByTestId('queues-table').waitFor();
});

afterAll(async () => {
  for (const { phone } of callers) await phone.close();
  await chief?.close();
  await desk?.close();
  await center?.close();
});

const hears = (who: Browser, toneHz: number) =>
  until(`the page hears ${toneHz} Hz`, 10_000, async () => (await loudness(who.page, toneHz)) > LOUD);
const loses = (who: Browser, toneHz: number) =>
  until(`the page no longer hears ${toneHz} Hz`, 10_000, async () => (await loudness(who.page, toneHz)) < LOUD / 4);
const floor = () => api<Floor>(chief.page, '/floor');

async function call(digit: string, number: string): Promise<Caller> {
  const caller = await callIn(center, { toneHz: CALLER_HZ, digit, number });
  callers.push(caller);
  return caller;
}
const openContact = async (name: string) => {
  await chief.page.keyboard.press('Escape');
  await chief.page.getByTestId('floor-contact').filter({ hasText: name }).first().click();
};
/** The waiting contact of this number, as the floor shows it. */
const waiting = (number: string) =>
  until(`${number} waits`, 20_000, async () =>
    (await floor()).contacts.find((one) => one.callerNumber.endsWith(number.slice(-4)) && one.state === 'waiting'),
  );

it('a supervisor listens, whispers, barges in and leaves; the conversation goes on', async () => {
  await chooseStatus(desk.page, 'available');
  const { call: line } = await call('1', '13800001234');
  await desk.page.getByTestId('answer').click({ timeout: 20_000 });
  await contactIn(desk.page, 'talking');
  await line.untilHears(AGENT_HZ);
  await openContact('林晓雨');
  await chief.page.getByTestId('supervise-listen').click();
  await chief.page.getByTestId('supervised-call').waitFor();
  await hears(chief, CALLER_HZ);
  await hears(chief, AGENT_HZ);
  await loses(desk, CHIEF_HZ);
  await line.untilLoses(CHIEF_HZ);
  await chief.page.getByTestId('supervise-whisper').click();
  await hears(desk, CHIEF_HZ);
  await line.untilLoses(CHIEF_HZ);
  await chief.page.getByTestId('supervise-barge').click();
  await line.untilHears(CHIEF_HZ);
  await hears(desk, CHIEF_HZ);
  await chief.page.getByTestId('supervise-leave').click();
  await chief.page.getByTestId('supervised-call').waitFor({ state: 'detached' });
  await line.untilLoses(CHIEF_HZ);
  await line.untilHears(AGENT_HZ);
  await hears(desk, CALLER_HZ);
  await desk.page.getByTestId('hang-up').click();
  await line.ended;
  await contactIn(desk.page, 'wrap-up');
  await finishWrapUp(desk.page);
});

it('assigns, moves, and changes the priority of who waits', async () => {
  await chooseStatus(desk.page, 'break-meal');
  const { call: line } = await call('1', '13900005678');
  const first = await waiting('13900005678');
  await openContact(first.customerName);
  const { page } = chief;
  await page.getByTestId('move').click();
  await page.getByTitle('售后服务').click();
  await until('it has moved', 5_000, async () => (await waiting('13900005678')).queueId !== first.queueId);
  await page.getByTestId('priority').fill('50');
  await page.getByTestId('priority-set').click();
  await until('it has the priority', 5_000, async () => (await waiting('13900005678')).priority === 50);
  await page.getByTestId('explanation').waitFor();
  await chooseStatus(desk.page, 'available');
  await desk.page.getByTestId('ringing').waitFor({ timeout: 10_000 });
  await desk.page.getByTestId('answer').click();
  await line.untilHears(AGENT_HZ);
  await line.hangUp();
  await contactIn(desk.page, 'wrap-up');
  await finishWrapUp(desk.page);
});

it('assigns a waiting contact to an agent by hand', async () => {
  await chooseStatus(desk.page, 'break-meal');
  const { call: line } = await call('2', '13900005679');
  const contact = await waiting('13900005679');
  await openContact(contact.customerName);
  await chooseStatus(desk.page, 'available');
  await desk.page.getByTestId('decline').click({ timeout: 20_000 });
  await chief.page.getByTestId('assign').click();
  await chief.page.locator('.ant-select-item-option').filter({ hasText: '王芳' }).click();
  await desk.page.getByTestId('answer').click({ timeout: 10_000 });
  await line.untilHears(AGENT_HZ);
  await line.hangUp();
  await contactIn(desk.page, 'wrap-up');
  await finishWrapUp(desk.page);
});

it('forces a status and drains an agent', async () => {
  const { page } = chief;
  await page.keyboard.press('Escape');
  await page.getByTestId('agent-card').filter({ hasText: '王芳' }).click();
  await page.getByTestId('force-break').click();
  await until('on break', 5_000, async () => (await deskState(desk.page)).status === 'break');
  await page.getByTestId('force-available').click();
  await until('available', 5_000, async () => (await deskState(desk.page)).status === 'available');
  await page.getByTestId('drain').click();
  await until('the shift has ended', 5_000, async () => !(await deskState(desk.page)).onShift);
  await desk.page.getByTestId('start-shift').waitFor();
});

it('brings a contact that waits to the supervisor’s own desk', async () => {
  const { page } = chief;
  await page.keyboard.press('Escape');
  const { call: line } = await call('1', '13900005680');
  const contact = await waiting('13900005680');
  await openContact(contact.customerName);
  await api(page, '/status', 'PUT', { status: 'available' });
  await page.getByTestId('pull').click();
  await page.getByTestId('answer').click({ timeout: 10_000 });
  await line.untilHears(CHIEF_HZ);
  await hears(chief, CALLER_HZ);
  await page.getByTestId('hang-up').click();
  await line.ended;
});

it('an administrator removes a queue while somebody waits in it, and restores it', async () => {
  const { call: line } = await call('1', '13900005681');
  const before = await waiting('13900005681');
  const admin = await openBrowser({ toneHz: 500 });
  await signIn(admin.page, center.url, 'admin');
  await admin.page.waitForURL(/\/(admin|supervisor)$/);
  await admin.page.goto(`${center.url}/admin`);
  const text = admin.page.getByTestId('configuration-text');
  const body = JSON.parse(await text.inputValue()) as { queues: { id: string }[]; agents?: unknown[] };
  const without = JSON.parse(
    JSON.stringify({ ...body, queues: body.queues.filter((queue) => queue.id !== before.queueId) }),
    (_key, value: unknown) =>
      Array.isArray(value)
        ? value.filter((one) => (one as { queueId?: string } | null)?.queueId !== before.queueId)
        : value,
  ) as typeof body;
  await text.fill(JSON.stringify(without, null, 2));
  await admin.page.getByTestId('move-contacts').getByRole('combobox').click();
  await admin.page.locator('.ant-select-item-option').first().click();
  await admin.page.getByTestId('configuration-save').click({ timeout: 10_000 });
  await until('the contact waits elsewhere', 10_000, async () => {
    const { queueId } = await waiting('13900005681');
    return queueId !== before.queueId;
  });
  await admin.page.getByTestId('version').nth(1).click();
  await admin.page.locator('.difference [data-kind="added"]').first().waitFor();
  await admin.page.getByTestId('restore').click();
  await admin.page.locator('.ant-popconfirm-buttons .ant-btn-primary').click();
  const other = await openApi(center.url, 'admin');
  await until('the queue is back', 10_000, async () => {
    const { configuration } = await other.call<{ configuration: { queues: { id: string }[] } }>('/configuration');
    return configuration.queues.some((queue) => queue.id === before.queueId);
  });
  // Before signing in the page asks who is there, and is told: nobody.
  expect(admin.consoleErrors.filter((text) => !text.includes('401'))).toEqual([]);
  await admin.close();
  await line.hangUp();
});
