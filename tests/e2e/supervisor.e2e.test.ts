import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PhoneCall } from '../phones/index.ts';
import { type Browser, openBrowser } from './browser.ts';
import { type Center, startCenter } from './center.ts';
import { chooseStatus, contactIn, deskState, finishWrapUp, signIn, textOf, until } from './desk-page.ts';
import { loudness } from './listening.ts';
import { beginShiftByPhone, type Caller, callIn, type PhoneAgent } from './people.ts';

const CALLER_TONE_HZ = 1_000;
const AGENT_TONE_HZ = 1_300;
const SUPERVISOR_TONE_HZ = 1_700;
const AUDIBLE = 0.01;
/** What a phone hears of a tone that is not there. */
const ABSENT = 0.006;
let center: Center;
let supervisor: Browser;
let agent: PhoneAgent;
let caller: Caller;
let agentCall: PhoneCall;

beforeAll(async () => {
  center = await startCenter();
  supervisor = await openBrowser({ toneHz: SUPERVISOR_TONE_HZ, hears: [CALLER_TONE_HZ, AGENT_TONE_HZ] });
  agent = await beginShiftByPhone(center, 'li', AGENT_TONE_HZ);
  await signIn(supervisor.page, center.url, 'chen');
  await supervisor.page.waitForURL('**/supervisor');
});

afterAll(async () => {
  await caller?.phone.close();
  await agent?.phone.close();
  await supervisor?.close();
  await center?.close();
});

const closeDrawer = async () => {
  await supervisor.page.locator('.ant-drawer-close').click();
  await supervisor.page.locator('.ant-drawer-close').waitFor({ state: 'hidden' });
};
const row = () => supervisor.page.getByTestId('floor-contact');
const hears = (toneHz: number) =>
  until(`the supervisor hears ${toneHz} Hz`, 10_000, async () => (await loudness(supervisor.page, toneHz)) > AUDIBLE);

it('the floor shows who waits, and explain says why', async () => {
  // The service queue has no agent: only the sales queue's phone is there.
  caller = await callIn(center, { toneHz: CALLER_TONE_HZ, digit: '2' });
  await until('the contact waits on the floor', 10_000, async () => (await textOf(row().first())).includes('等待'));
  expect(await textOf(row().first())).toContain('林晓雨');
  await row().first().click();
  const why = supervisor.page.getByTestId('explanation');
  await until('explain names the agent and the reason', 10_000, async () => {
    const text = await textOf(why);
    return text.includes('李强') && text.includes('队列');
  });
});

it('a waiting contact is assigned to an agent, whose phone rings at once', async () => {
  const ringing = agent.phone.nextCall(15_000);
  const select = supervisor.page.getByRole('combobox').first();
  await select.click();
  await supervisor.page.locator('.ant-select-item-option', { hasText: '李强' }).click();
  agentCall = await ringing;
  await caller.call.untilHears(AGENT_TONE_HZ, 10_000);
  await agentCall.untilHears(CALLER_TONE_HZ);
});

it('listening hears both and is heard by nobody', async () => {
  await supervisor.page.getByTestId('supervise-listen').click({ timeout: 10_000 });
  await supervisor.page.getByTestId('supervised-call').waitFor({ timeout: 15_000 });
  await hears(CALLER_TONE_HZ);
  await hears(AGENT_TONE_HZ);
  expect(caller.call.sound.level(SUPERVISOR_TONE_HZ)).toBeLessThan(ABSENT);
  expect(agentCall.sound.level(SUPERVISOR_TONE_HZ)).toBeLessThan(ABSENT);
});

it('whispering is heard by the agent alone', async () => {
  await supervisor.page.getByTestId('supervise-whisper').click();
  await agentCall.untilHears(SUPERVISOR_TONE_HZ, 10_000);
  expect(caller.call.sound.level(SUPERVISOR_TONE_HZ)).toBeLessThan(ABSENT);
  await hears(CALLER_TONE_HZ);
});

it('barging in is heard by both, and leaving leaves the two talking', async () => {
  await supervisor.page.getByTestId('supervise-barge').click();
  await caller.call.untilHears(SUPERVISOR_TONE_HZ, 10_000);
  await agentCall.untilHears(SUPERVISOR_TONE_HZ, 10_000);
  await closeDrawer();
  await supervisor.page.getByTestId('supervised-call').getByRole('button').last().click();
  await caller.call.untilLoses(SUPERVISOR_TONE_HZ);
  await agentCall.untilLoses(SUPERVISOR_TONE_HZ);
  await caller.call.untilHears(AGENT_TONE_HZ);
  await agentCall.untilHears(CALLER_TONE_HZ);
});

it('a supervisor takes a running call over: the caller hears them, the agent is free', async () => {
  await supervisor.page.locator('a[href="/desk"]').click();
  await supervisor.page.getByTestId('start-shift').click();
  await until('the phone registers', 20_000, async () => (await deskState(supervisor.page)).phoneRegistered);
  await chooseStatus(supervisor.page, 'available');
  await supervisor.page.locator('a[href="/supervisor"]').click();
  await row().first().click();
  // It brings the supervisor to the desk by itself.
  await supervisor.page.getByTestId('pull').click();
  await supervisor.page.getByTestId('answer').click({ timeout: 15_000 });
  await contactIn(supervisor.page, 'talking');
  await caller.call.untilHears(SUPERVISOR_TONE_HZ, 10_000);
  await hears(CALLER_TONE_HZ);
  expect((await agentCall.ended).by).toBe('them');
  await caller.call.hangUp();
  await contactIn(supervisor.page, 'wrap-up');
  await finishWrapUp(supervisor.page);
});
