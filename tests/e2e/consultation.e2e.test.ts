import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Browser, openBrowser } from './browser.ts';
import { type Center, startCenter } from './center.ts';
import { beginShift, chooseStatus, closedContact, contactIn, deskState, finishWrapUp, until } from './desk-page.ts';
import { loudness } from './listening.ts';
import { type Caller, callIn } from './people.ts';

const CALLER_HZ = 1_000;
const ASKING_HZ = 700;
const ASKED_HZ = 1_300;
const LOUD = 0.02;
const SALES = '1';
let center: Center;
let asking: Browser;
let asked: Browser;
let caller: Caller | undefined;

beforeAll(async () => {
  center = await startCenter();
  asking = await openBrowser({ toneHz: ASKING_HZ, hears: [CALLER_HZ, ASKED_HZ] });
  asked = await openBrowser({ toneHz: ASKED_HZ, hears: [CALLER_HZ, ASKING_HZ] });
  await beginShift(asking.page, center.url, 'wang');
  await beginShift(asked.page, center.url, 'li');
});

afterEach(async () => {
  await caller?.call.hangUp();
  await caller?.phone.close();
  caller = undefined;
  for (const { page } of [asking, asked]) {
    await until('nothing talks any more', 10_000, async () =>
      (await deskState(page)).contacts.every((contact) => contact.state === 'wrap-up'),
    );
    if ((await deskState(page)).contacts.length > 0) await finishWrapUp(page);
  }
});

afterAll(async () => {
  await asking?.close();
  await asked?.close();
  await center?.close();
});

const hears = (who: Browser, toneHz: number) =>
  until(`the page hears ${toneHz} Hz`, 10_000, async () => (await loudness(who.page, toneHz)) > LOUD);
const loses = (who: Browser, toneHz: number) =>
  until(`the page no longer hears ${toneHz} Hz`, 10_000, async () => (await loudness(who.page, toneHz)) < LOUD / 4);

/** A caller talks with the first agent, who asks the second one, and that one has answered. */
async function consulting(): Promise<{ contactId: string; call: Caller['call'] }> {
  await chooseStatus(asking.page, 'available');
  await chooseStatus(asked.page, 'break-meal');
  caller = await callIn(center, { toneHz: CALLER_HZ, digit: SALES });
  const { call } = caller;
  await asking.page.getByTestId('answer').click({ timeout: 20_000 });
  const { contactId } = await contactIn(asking.page, 'talking');
  await call.untilHears(ASKING_HZ);
  await hears(asking, CALLER_HZ);
  await asking.page.getByTestId('transfer').click();
  await asking.page.getByTestId('transfer-search').fill('李强');
  await asking.page.getByTestId('consult-ask').click();
  const ringing = asked.page.getByTestId('ringing');
  await ringing.waitFor();
  const card = await ringing.textContent();
  expect(card).toContain('王芳向您咨询');
  expect(card).toContain('林晓雨');
  expect(await asking.page.getByTestId('consult').textContent()).toContain('正在呼叫李强');
  await call.untilLoses(ASKING_HZ);
  await asked.page.getByTestId('answer').click();
  await asked.page.getByTestId('asked').waitFor();
  await hears(asking, ASKED_HZ);
  await hears(asked, ASKING_HZ);
  await loses(asking, CALLER_HZ);
  await call.untilLoses(ASKING_HZ);
  await call.untilLoses(ASKED_HZ);
  return { contactId, call };
}

it('a question in private, then the caller is handed over: the second agent has the contact and wraps it up', async () => {
  const { contactId, call } = await consulting();
  await asking.page.getByTestId('consult-complete').click();
  await asking.page.getByText('对方现在不接工作').waitFor();
  await chooseStatus(asked.page, 'available');
  await asking.page.getByTestId('consult-complete').click();
  await call.untilHears(ASKED_HZ);
  await hears(asked, CALLER_HZ);
  await loses(asked, ASKING_HZ);
  await asking.page.getByTestId('wrap-up').waitFor();
  expect(await asking.page.locator('.wrap-up-sum').textContent()).toMatch(/通话 ?\d\d:\d\d/);
  await finishWrapUp(asking.page, 'follow-up');
  await asked.page.getByTestId('transfer').waitFor();
  await asked.page.getByTestId('hang-up').click();
  await call.ended;
  await contactIn(asked.page, 'wrap-up');
  await finishWrapUp(asked.page);
  const contact = await closedContact(asked.page, contactId);
  expect(contact.outcome).toBe('answered');
  const talked = contact.segments.filter((one) => one.kind === 'agent' && one.talkMs > 0);
  expect(talked.map((one) => one.agentId)).toEqual(['wang', 'li']);
});

it('all three hear each other, and the two who stay still do when one is let go', async () => {
  const { call } = await consulting();
  await asking.page.keyboard.press('c');
  await call.untilHears(ASKED_HZ);
  await call.untilHears(ASKING_HZ);
  await hears(asked, CALLER_HZ);
  await hears(asked, ASKING_HZ);
  await hears(asking, CALLER_HZ);
  await hears(asking, ASKED_HZ);
  await asking.page.getByTestId('consult-cancel').click();
  await asked.page.getByTestId('asked').waitFor({ state: 'detached' });
  await call.untilLoses(ASKED_HZ);
  await call.untilHears(ASKING_HZ);
  await hears(asking, CALLER_HZ);
});

it('the agent leaves a conference by handing over', async () => {
  const { call } = await consulting();
  await asking.page.getByTestId('consult-conference').click();
  await call.untilHears(ASKED_HZ);
  await chooseStatus(asked.page, 'available');
  await asking.page.getByTestId('consult-complete').click();
  await asking.page.getByTestId('wrap-up').waitFor();
  await call.untilLoses(ASKING_HZ);
  await call.untilHears(ASKED_HZ);
  await hears(asked, CALLER_HZ);
});

it('back to the caller, by the agent and by the one who was asked', async () => {
  const { call } = await consulting();
  await asking.page.getByTestId('consult-cancel').click();
  await call.untilHears(ASKING_HZ);
  await hears(asking, CALLER_HZ);
  await asked.page.getByTestId('asked').waitFor({ state: 'detached' });

  await asking.page.getByTestId('transfer').click();
  await asking.page.getByTestId('transfer-search').fill('李强');
  await asking.page.keyboard.press('Control+Enter');
  await asked.page.getByTestId('ringing').waitFor();
  await asked.page.getByTestId('decline').click();
  await asking.page.getByText('李强没有接听').waitFor();
  await call.untilHears(ASKING_HZ);
  await hears(asking, CALLER_HZ);
});
