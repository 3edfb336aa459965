import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Browser, openBrowser } from './browser.ts';
import { type Center, startCenter } from './center.ts';
import { beginShift, chooseStatus, closedContact, contactIn, finishWrapUp, pause, textOf, until } from './desk-page.ts';
import { ANY_SOUND, heard, loudness } from './listening.ts';

const CALLER_TONE_HZ = 1_000;
const AGENT_TONE_HZ = 700;
const TALK_MS = 20_000;
/** Louder than any rest of a tone, softer than prompts and music. */
const AUDIBLE = 0.01;
/** What remains of a tone that was muted is below this. */
const SILENT = 0.004;
let center: Center;
let desk: Browser;
let caller: Browser;

beforeAll(async () => {
  center = await startCenter();
  desk = await openBrowser({ toneHz: AGENT_TONE_HZ, hears: [CALLER_TONE_HZ] });
  caller = await openBrowser({ toneHz: CALLER_TONE_HZ, hears: [AGENT_TONE_HZ, ANY_SOUND], width: 1_100, height: 800 });
  await beginShift(desk.page, center.url, 'wang');
});

afterAll(async () => {
  await caller?.close();
  await desk?.close();
  await center?.close();
});

const phase = () => caller.page.getByTestId('caller-phase').getAttribute('data-phase');
const inPhase = (word: string) => until(`the caller’s page says ${word}`, 15_000, async () => (await phase()) === word);
const hears = (browser: Browser, toneHz: number, least = AUDIBLE) =>
  until(`${toneHz} Hz is heard`, 5_000, async () => (await loudness(browser.page, toneHz)) > least);
const losesIt = (browser: Browser, toneHz: number) =>
  until(`${toneHz} Hz is gone`, 5_000, async () => (await loudness(browser.page, toneHz)) < SILENT);
let contactId: string;

it('the caller’s page greets, offers the keys by name, and plays music while nobody is free', async () => {
  await caller.page.goto(`${center.url}/call`);
  await caller.page.getByTestId('call-start').click();
  await inPhase('menu');
  await hears(caller, ANY_SOUND);
  const choices = caller.page.locator('.caller-choices');
  await choices.waitFor();
  expect(await textOf(choices)).toContain('退款和售后');
  expect(await caller.page.getByTestId('key-2').getAttribute('data-means')).toBe('true');
  expect(await caller.page.getByTestId('key-7').getAttribute('data-means')).toBe('false');
  await caller.page.getByTestId('key-2').click();
  await inPhase('waiting');
  expect(await textOf(caller.page.locator('.caller-detail'))).toContain('1');
  await pause(6_000);
  await hears(caller, ANY_SOUND);
});

it('an agent answers: the caller reads the name, and both hear each other without gaps', async () => {
  await chooseStatus(desk.page, 'available');
  await inPhase('ringing-agent');
  await desk.page.getByTestId('answer').click();
  const talking = await contactIn(desk.page, 'talking');
  contactId = talking.contactId;
  await inPhase('talking');
  expect(await textOf(caller.page.getByTestId('caller-phase'))).toContain('王芳');
  await pause(talking.sinceMs + TALK_MS + 300 - Date.now());

  const untilMs = talking.sinceMs + TALK_MS;
  const atAgent = await heard(desk.page, CALLER_TONE_HZ, talking.sinceMs, untilMs);
  const atCaller = await heard(caller.page, AGENT_TONE_HZ, talking.sinceMs, untilMs);
  expect((atAgent.firstAtMs ?? Number.NaN) - talking.sinceMs, 'the caller at the agent, ms').toBeLessThan(300);
  expect((atCaller.firstAtMs ?? Number.NaN) - talking.sinceMs, 'the agent at the caller, ms').toBeLessThan(300);
  expect(atAgent.longestGapMs, 'gap at the agent').toBeLessThanOrEqual(60);
  expect(atCaller.longestGapMs, 'gap at the caller').toBeLessThanOrEqual(60);
});

it('mute on either side silences that side and nothing else', async () => {
  await caller.page.getByTestId('mute').click();
  await losesIt(desk, CALLER_TONE_HZ);
  expect(await loudness(caller.page, AGENT_TONE_HZ)).toBeGreaterThan(AUDIBLE);
  await caller.page.getByTestId('mute').click();
  await hears(desk, CALLER_TONE_HZ);
  await desk.page.getByTestId('mute').click();
  await losesIt(caller, AGENT_TONE_HZ);
  expect(await loudness(desk.page, CALLER_TONE_HZ)).toBeGreaterThan(AUDIBLE);
  await desk.page.getByTestId('mute').click();
  await hears(caller, AGENT_TONE_HZ);
});

it('hold gives the caller music and the agent silence, and both come back', async () => {
  await desk.page.getByTestId('hold').click();
  await inPhase('held');
  await losesIt(desk, CALLER_TONE_HZ);
  await pause(1_000);
  const music = await heard(caller.page, ANY_SOUND, Date.now() - 800);
  expect(music.heardMs, 'music in the last 0.8 s').toBeGreaterThan(400);
  await desk.page.getByTestId('hold').click();
  await inPhase('talking');
  await hears(caller, AGENT_TONE_HZ);
  await hears(desk, CALLER_TONE_HZ);
});

it('hanging up ends it for both', async () => {
  await desk.page.getByTestId('hang-up').click();
  await inPhase('ended');
  await caller.page.getByTestId('call-start').waitFor();
  await contactIn(desk.page, 'wrap-up');
  await finishWrapUp(desk.page);
  const contact = await closedContact(desk.page, contactId);
  expect(contact).toMatchObject({ outcome: 'answered', agentName: '王芳', customerName: '林晓雨' });
  expect(contact.segments.at(-1)?.holdMs).toBeGreaterThan(1_000);
});

it('the caller can leave by the page at any time', async () => {
  await caller.page.getByTestId('call-start').click();
  await inPhase('menu');
  await caller.page.getByTestId('call-end').click();
  await inPhase('ended');
});
