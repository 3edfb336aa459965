import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { stereoSides } from '../call-control/wave.ts';
import { toneLevel } from '../phones/tone.ts';
import { type Browser, openBrowser } from './browser.ts';
import { type Center, startCenter } from './center.ts';
import {
  beginShift,
  chooseStatus,
  closedContact,
  contactIn,
  deskState,
  finishWrapUp,
  pause,
  textOf,
  until,
} from './desk-page.ts';
import { beginShiftByPhone, type Caller, callIn, hurry, type PhoneAgent } from './people.ts';

const CALLER_TONE_HZ = 1_000;
const AGENT_TONE_HZ = 700;
const OTHER_TONE_HZ = 1_300;
const RING_MS = 4_000;
const SALES = '1';
const SERVICE = '2';
let center: Center;
let desk: Browser;
let other: PhoneAgent | undefined;
let callers: Caller[] = [];

beforeAll(async () => {
  center = await startCenter();
  await hurry(center, { ringMs: RING_MS, wrapUpMs: 6_000 });
  desk = await openBrowser({ toneHz: AGENT_TONE_HZ });
  await beginShift(desk.page, center.url, 'wang');
});

afterEach(async () => {
  for (const { phone, call } of callers) {
    await call.hangUp();
    await phone.close();
  }
  callers = [];
  await until('the desk is free', 15_000, async () => (await deskState(desk.page)).contacts.length === 0);
});

afterAll(async () => {
  await other?.phone.close();
  await desk?.close();
  await center?.close();
});

async function call(digit: string, number?: string): Promise<Caller> {
  const caller = await callIn(center, { toneHz: CALLER_TONE_HZ, digit, ...(number ? { number } : {}) });
  callers.push(caller);
  return caller;
}

async function talk(digit = SERVICE): Promise<{ caller: Caller; contactId: string }> {
  await chooseStatus(desk.page, 'available');
  const caller = await call(digit);
  await desk.page.getByTestId('answer').click({ timeout: 20_000 });
  const { contactId } = await contactIn(desk.page, 'talking');
  await caller.call.untilHears(AGENT_TONE_HZ);
  return { caller, contactId };
}

const noRinging = () => desk.page.getByTestId('ringing').waitFor({ state: 'detached', timeout: 10_000 });

it('status with its reason is kept, and nothing rings during a break', async () => {
  await chooseStatus(desk.page, 'break-meal');
  expect(await textOf(desk.page.getByTestId('status-select'))).toContain('用餐');
  const caller = await call(SERVICE);
  await until('it waits', 10_000, async () => (await deskState(desk.page)).queues.some((queue) => queue.waiting === 1));
  expect(await desk.page.getByTestId('ringing').count()).toBe(0);
  await caller.call.hangUp();
});

it('declining by button and by Esc sends the caller back into the queue, to be offered again', async () => {
  await chooseStatus(desk.page, 'available');
  const caller = await call(SERVICE);
  await desk.page.getByTestId('decline').click({ timeout: 20_000 });
  await noRinging();
  expect(caller.call.state).toBe('up');
  await desk.page.getByTestId('ringing').waitFor({ timeout: 20_000 });
  await pause(500);
  await desk.page.keyboard.press('Escape');
  await noRinging();
  expect(caller.call.state).toBe('up');
  expect((await deskState(desk.page)).status).toBe('available');
  await desk.page.getByTestId('ringing').waitFor({ timeout: 20_000 });
  await pause(500);
  await desk.page.keyboard.press('Enter');
  await contactIn(desk.page, 'talking');
  await caller.call.untilHears(AGENT_TONE_HZ);
  await caller.call.hangUp();
  await contactIn(desk.page, 'wrap-up');
  await finishWrapUp(desk.page);
});

it('a call that rings out goes on waiting, is counted as missed, and two of them send the agent on a break', async () => {
  await chooseStatus(desk.page, 'available');
  const missedBefore = (await deskState(desk.page)).today.missed;
  const caller = await call(SERVICE);
  await until('the agent is sent on a break', 30_000, async () => {
    const { status, breakReasonId } = await deskState(desk.page);
    return status === 'break' && breakReasonId === 'no-answer';
  });
  await noRinging();
  expect(caller.call.state).toBe('up');
  await until('the page says why', 5_000, async () =>
    (await textOf(desk.page.getByTestId('status-select'))).includes('未接来电'),
  );
  expect((await deskState(desk.page)).today.missed).toBeGreaterThan(missedBefore);
});

it('keypad digits reach the caller', async () => {
  const { caller } = await talk();
  await desk.page.getByTestId('keypad').click();
  for (const key of ['4', '2', '#']) await desk.page.getByTestId(`key-${key}`).click();
  await caller.call.untilDigits('42#');
});

it('a paused recording is silence in the file, on both sides, and is resumed', async () => {
  const { caller, contactId } = await talk();
  await pause(2_000);
  await desk.page.getByTestId('record-pause').click();
  await until(
    'the recording is paused',
    5_000,
    async () => (await contactIn(desk.page, 'talking')).recording === 'paused',
  );
  await pause(3_000);
  await desk.page.getByTestId('record-pause').click();
  await until('the recording goes on', 5_000, async () => (await contactIn(desk.page, 'talking')).recording === 'on');
  await pause(2_000);
  await desk.page.getByTestId('hang-up').click();
  await caller.call.ended;
  await contactIn(desk.page, 'wrap-up');
  await finishWrapUp(desk.page);
  const contact = await closedContact(desk.page, contactId);
  expect(contact.recordings).toHaveLength(1);
  const folder = join(center.dataDir, 'recordings');
  const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => name.includes(contactId));
  const { left, right } = stereoSides(readFileSync(join(folder, file ?? '')));
  expect(quietSeconds(left, CALLER_TONE_HZ)).toEqual(quietSeconds(right, AGENT_TONE_HZ));
  expect(quietSeconds(left, CALLER_TONE_HZ)).toMatch(/^_?#{1,4}_{2,4}#{1,4}$/);
});

/** One sign for each whole second of sound: `#` with the tone, `_` without, a change within a second counting as with it. */
function quietSeconds(side: Int16Array, toneHz: number): string {
  let signs = '';
  for (let at = 0; at + 8_000 <= side.length; at += 8_000) {
    signs += toneLevel(side.subarray(at, at + 8_000), toneHz) > 0.005 ? '#' : '_';
  }
  return signs;
}

it('a blind transfer to another agent takes the caller there, and this desk wraps up', async () => {
  other ??= await beginShiftByPhone(center, 'li', OTHER_TONE_HZ);
  const { caller, contactId } = await talk();
  await desk.page.getByTestId('transfer').click();
  await desk.page.getByTestId('transfer-search').fill('李强');
  await desk.page.getByTestId('transfer-choice').first().click();
  await caller.call.untilHears(OTHER_TONE_HZ, 15_000);
  await contactIn(desk.page, 'wrap-up');
  await finishWrapUp(desk.page, 'follow-up', 'to a colleague');
  await caller.call.hangUp();
  const contact = await closedContact(desk.page, contactId);
  expect(contact.outcome).toBe('answered');
  expect(contact.segments.filter((segment) => segment.kind === 'agent').map((segment) => segment.agentId)).toEqual(
    expect.arrayContaining(['wang', 'li']),
  );
});

it('a blind transfer to a queue goes to whoever is free there', async () => {
  other ??= await beginShiftByPhone(center, 'li', OTHER_TONE_HZ);
  const { caller } = await talk();
  await desk.page.getByTestId('transfer').click();
  await desk.page.getByTestId('transfer-search').fill('销售');
  await desk.page.getByTestId('transfer-choice').first().click();
  await caller.call.untilHears(OTHER_TONE_HZ, 15_000);
  await contactIn(desk.page, 'wrap-up');
  await finishWrapUp(desk.page);
  await caller.call.hangUp();
});

it('the wrap-up counts down, can be extended, and ends by itself with what was typed', async () => {
  const { caller, contactId } = await talk(SALES);
  await caller.call.hangUp();
  const before = (await contactIn(desk.page, 'wrap-up')).wrapUp;
  await desk.page.getByTestId('wrap-up-extend').click();
  const after = await until('the wrap-up lasts longer', 5_000, async () => {
    const { wrapUp } = await contactIn(desk.page, 'wrap-up');
    return wrapUp && before && wrapUp.endsAtMs > before.endsAtMs && wrapUp;
  });
  expect(after.endsAtMs - (before?.endsAtMs ?? 0)).toBe(30_000);
  expect(after.extensionsLeft).toBe((before?.extensionsLeft ?? 0) - 1);
  await finishWrapUp(desk.page);

  const second = await talk(SALES);
  await second.caller.call.hangUp();
  await contactIn(desk.page, 'wrap-up');
  await desk.page.getByTestId('notes').fill('half a sentence');
  await until('time is up', 15_000, async () => (await deskState(desk.page)).contacts.length === 0);
  expect((await closedContact(desk.page, second.contactId)).notes).toBe('half a sentence');
  expect((await closedContact(desk.page, contactId)).outcome).toBe('answered');
});

it('today’s contacts are listed with what came of them, in the language that is chosen', async () => {
  const rows = desk.page.locator('.desk-left');
  await until('the list shows them', 5_000, async () => (await textOf(rows)).includes('已解决'));
  await desk.page.getByTestId('language-switch').click();
  await until('the list is English', 5_000, async () => (await textOf(rows)).includes('Resolved'));
  expect(await textOf(desk.page.getByTestId('status-select'))).toMatch(/Available/i);
  await desk.page.reload();
  await until('English is kept', 10_000, async () =>
    /Available/i.test(await textOf(desk.page.getByTestId('status-select'))),
  );
  await desk.page.getByTestId('language-switch').click();
  await until('it is Chinese again', 5_000, async () => (await textOf(rows)).includes('已解决'));
});
