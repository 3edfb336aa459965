import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ContactDetail, ContactPage } from '../../acd/api/contract/index.ts';
import { stereoSides } from '../call-control/wave.ts';
import { Baresip } from '../phones/baresip.ts';
import { toneLevel } from '../phones/tone.ts';
import { openApi } from './api.ts';
import { type Browser, openBrowser } from './browser.ts';
import { type Center, startCenter } from './center.ts';
import {
  api,
  beginShift,
  chooseStatus,
  closedContact,
  contactIn,
  finishWrapUp,
  GREETING_MS,
  pause,
  textOf,
} from './desk-page.ts';
import { heard, summed } from './listening.ts';

const CALLER_TONE_HZ = 1_000;
const AGENT_TONE_HZ = 700;
const TALK_MS = 20_000;
let center: Center;
let desk: Browser;
let phone: Baresip;
let contact: ContactDetail;

beforeAll(async () => {
  center = await startCenter();
  desk = await openBrowser({ toneHz: AGENT_TONE_HZ, hears: [CALLER_TONE_HZ] });
  phone = await Baresip.start({ number: '13800001234', server: center.trunk, toneHz: CALLER_TONE_HZ });
  await beginShift(desk.page, center.url, 'wang');
  await chooseStatus(desk.page, 'available');
});

afterAll(async () => {
  await phone?.close();
  await desk?.close();
  await center?.close();
});

it('a phone calls, presses a digit and waits; a browser answers, and both hear each other without gaps', async () => {
  phone.dial(`sip:4000@${center.trunk}`);
  await phone.event('CALL_ESTABLISHED', 10_000);
  await pause(GREETING_MS);
  phone.digit('2');
  const ringing = desk.page.getByTestId('ringing');
  await ringing.waitFor({ timeout: 20_000 });
  const card = await textOf(ringing);
  expect(card).toContain('林晓雨');
  expect(card).toContain('退款或售后');
  expect(card).toContain('售后服务');
  await desk.page.getByTestId('timeline-item').nth(1).waitFor();
  await desk.page.getByTestId('answer').click();
  const talking = await contactIn(desk.page, 'talking');
  await pause(talking.sinceMs + TALK_MS + 500 - Date.now());

  const untilMs = talking.sinceMs + TALK_MS;
  const inBrowser = await heard(desk.page, CALLER_TONE_HZ, 0, untilMs);
  phone.hangUp();
  const endedAtMs = (await phone.event('CALL_CLOSED', 5_000)).atMs;
  const inPhone = agentInPhone(endedAtMs, talking.sinceMs);
  expect(inBrowser.firstAtMs, 'the agent hears the caller').toBeDefined();
  expect(inPhone.firstAtMs, 'the caller hears the agent').toBeDefined();
  expect((inBrowser.firstAtMs ?? 0) - talking.sinceMs, 'the caller in the browser, ms after talk start').toBeLessThan(
    300,
  );
  expect((inPhone.firstAtMs ?? 0) - talking.sinceMs, 'the agent in the phone, ms after talk start').toBeLessThan(300);
  expect(inBrowser.longestGapMs, 'gap in the browser').toBeLessThanOrEqual(60);
  expect(inPhone.longestGapMs, 'gap in the phone').toBeLessThanOrEqual(60);
  expect(inBrowser.heardMs).toBeGreaterThan(TALK_MS - 1_000);
  expect(inPhone.heardMs).toBeGreaterThan(TALK_MS - 1_000);

  await contactIn(desk.page, 'wrap-up');
  await finishWrapUp(desk.page, 'follow-up', '已登记退款，三天内回电。');
  contact = await closedContact(desk.page, talking.contactId);
});

/** What the phone recorded is counted back from its end, since silence before the talk may not have been sent. */
function agentInPhone(endedAtMs: number, sinceMs: number) {
  const wave = phone.heard();
  const samples = new Int16Array(wave.buffer.slice(wave.byteOffset + 44, wave.byteOffset + wave.length));
  const blocks: [number, number][] = [];
  for (let at = 0; at + 80 <= samples.length; at += 80) {
    const atMs = endedAtMs - (samples.length - at) / 8;
    if (atMs >= sinceMs - 500) blocks.push([atMs, toneLevel(samples.subarray(at, at + 80), AGENT_TONE_HZ)]);
  }
  return summed(blocks.slice(0, TALK_MS / 10));
}

it('the contact is whole in the database: outcome, way, wrap-up, and segments that add up', () => {
  expect(contact).toMatchObject({
    outcome: 'answered',
    agentName: '王芳',
    customerName: '林晓雨',
    notes: '已登记退款，三天内回电。',
    dispositionName: { en: 'Needs follow-up' },
    queueName: { en: 'Service' },
  });
  expect(contact.path.flatMap((step) => step.value ?? [])).toEqual(['2']);
  expect(contact.segments.map((segment) => segment.kind)).toEqual(['flow', 'queue', 'agent']);
  let atMs = contact.startedAtMs;
  for (const segment of contact.segments) {
    expect(segment.startedAtMs, `${segment.kind} begins where the one before ended`).toBe(atMs);
    const spentMs = segment.waitMs + segment.ringMs + segment.talkMs + segment.holdMs + segment.wrapUpMs;
    expect(spentMs, `the parts of ${segment.kind}`).toBe((segment.endedAtMs ?? 0) - segment.startedAtMs);
    atMs = segment.endedAtMs ?? 0;
  }
  const talkMs = contact.segments.reduce((sum, segment) => sum + segment.talkMs, 0);
  expect(Math.abs(talkMs - TALK_MS - 500)).toBeLessThan(1_500);
});

it('the stored recording has the caller left and the agent right', () => {
  const recording = contact.recordings[0];
  expect(recording).toMatchObject({ state: 'complete', kind: 'conversation' });
  const folder = join(center.dataDir, 'recordings');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.wav'));
  expect(files).toHaveLength(1);
  const { left, right } = stereoSides(readFileSync(join(folder, files[0] ?? '')));
  expect(Math.abs(left.length / 8 - TALK_MS - 500)).toBeLessThan(1_500);
  const middle = (side: Int16Array) => side.subarray(8_000 * 5, 8_000 * 15);
  expect(toneLevel(middle(left), CALLER_TONE_HZ)).toBeGreaterThan(0.02);
  expect(toneLevel(middle(right), AGENT_TONE_HZ)).toBeGreaterThan(0.02);
  expect(toneLevel(middle(left), AGENT_TONE_HZ)).toBeLessThan(0.002);
  expect(toneLevel(middle(right), CALLER_TONE_HZ)).toBeLessThan(0.002);
});

it('the recording plays in the customer’s timeline by ranges, and only for who may hear it', async () => {
  const path = `/recordings/${contact.recordings[0]?.recordingId}/audio`;
  const { page } = desk;
  const timeline = await api<ContactPage>(page, `/customers/${contact.customerId}/timeline`);
  expect(timeline.items[0]?.contactId).toBe(contact.contactId);
  await page.evaluate(async (url) => {
    const audio = new Audio(url);
    await audio.play();
    await new Promise((resolve) => audio.addEventListener('timeupdate', resolve, { once: true }));
    audio.currentTime = 12;
    await new Promise((resolve) => audio.addEventListener('seeked', resolve, { once: true }));
    if (audio.duration < 15) throw new Error(`it lasts ${audio.duration} s`);
    audio.pause();
  }, `/api/v1${path}`);
  const own = await openApi(center.url, 'wang');
  const part = await own.fetch(path, { headers: { range: 'bytes=44-1043' } });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toMatch(/^bytes 44-1043\/\d+$/);
  expect((await part.arrayBuffer()).byteLength).toBe(1_000);
  const other = await openApi(center.url, 'li');
  expect((await other.fetch(path)).status).toBe(403);
  expect((await fetch(`${center.url}/api/v1${path}`)).status).toBe(401);
});
