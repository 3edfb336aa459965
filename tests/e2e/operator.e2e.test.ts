import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ContactDetail } from '../../acd/api/contract/index.ts';
import { freePort } from '../services/free-port.ts';
import { openApi } from './api.ts';
import { type Browser, openBrowser } from './browser.ts';
import { type Center, runToItsEnd, startCenter } from './center.ts';
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
} from './desk-page.ts';
import { type Caller, callIn } from './people.ts';

const CALLER_TONE_HZ = 1_000;
const AGENT_TONE_HZ = 700;
const GRACE_S = 25;
const prompts = mkdtempSync(join(tmpdir(), 'tandem-prompts-'));
let center: Center;
let desk: Browser;
let caller: Caller;
let contactId: string;

beforeAll(async () => {
  cpSync(join(import.meta.dirname, '../../config/prompts'), prompts, { recursive: true });
  rmSync(join(prompts, 'zh-CN', 'welcome.wav'));
  center = await startCenter({ PROMPTS_DIR: prompts, TTS_COMMAND: 'none', SHUTDOWN_GRACE_SECONDS: String(GRACE_S) });
  desk = await openBrowser({ toneHz: AGENT_TONE_HZ });
  await beginShift(desk.page, center.url, 'wang');
  await chooseStatus(desk.page, 'available');
});

afterAll(async () => {
  await caller?.phone.close();
  await desk?.close();
  await center?.close();
  rmSync(prompts, { recursive: true, force: true });
});

async function talk(): Promise<void> {
  caller = await callIn(center, { toneHz: CALLER_TONE_HZ, digit: '2' });
  await desk.page.getByTestId('answer').click({ timeout: 20_000 });
  contactId = (await contactIn(desk.page, 'talking')).contactId;
  await caller.call.untilHears(AGENT_TONE_HZ);
}

it('a wrong environment is said whole, and nothing is opened', async () => {
  const { code, said } = await runToItsEnd({ HTTP_PORT: 'eighty', LOG_LEVEL: 'loud', SHUTDOWN_GRACE_SECONDS: '-1' });
  expect(code).toBe(78);
  for (const name of ['HTTP_PORT', 'LOG_LEVEL', 'SHUTDOWN_GRACE_SECONDS']) expect(said).toContain(name);
  expect(said).not.toContain('database');
});

it('a second start on the same data folder is refused with a sentence', async () => {
  const { code, said } = await runToItsEnd({ DATA_DIR: center.dataDir, HTTP_PORT: String(await freePort()) });
  expect(code).toBe(1);
  expect(said).toMatch(/already|another/i);
  expect((await fetch(`${center.url}/health/ready`)).ok).toBe(true);
});

it('a missing prompt file is logged, and the caller comes through all the same', async () => {
  await talk();
  expect(center.log()).toMatch(/welcome/);
});

it('the server is killed in mid-call: the talk goes on, and the next start takes the call up again', async () => {
  await center.kill();
  await desk.page.getByTestId('not-connected').waitFor({ timeout: 10_000 });
  await caller.call.untilHears(AGENT_TONE_HZ);
  await center.restart();
  await desk.page.getByTestId('not-connected').waitFor({ state: 'detached', timeout: 20_000 });
  expect((await contactIn(desk.page, 'talking')).contactId).toBe(contactId);
  await caller.call.untilHears(AGENT_TONE_HZ);
  await desk.page.getByTestId('hang-up').click();
  expect((await caller.call.ended).by).toBe('them');
  await contactIn(desk.page, 'wrap-up');
  await finishWrapUp(desk.page);
  const contact = await closedContact(desk.page, contactId);
  expect(contact.outcome).toBe('answered');
  expect(contact.segments.map((segment) => segment.kind)).toEqual(['flow', 'queue', 'agent']);
});

it('a recording whose file is gone is said to be missing, not hidden', async () => {
  const folder = join(center.dataDir, 'recordings');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.wav')) rmSync(join(folder, name));
  }
  const { recordings } = await api<ContactDetail>(desk.page, `/contacts/${contactId}`);
  expect(recordings.length).toBeGreaterThan(0);
  const admin = await openApi(center.url, 'admin');
  const answer = await admin.fetch(`/recordings/${recordings[0]?.recordingId}/audio`);
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ code: 'recording.missing', message: expect.stringMatching(/./) });
});

it('the switch dies in mid-call: the contact ends with a cause, the agent is free, and calls are taken again', async () => {
  await caller?.phone.close();
  await talk();
  process.kill(center.switchPid(), 'SIGKILL');
  const contact = await until('the contact ends', 60_000, async () => {
    const now = await api<ContactDetail>(desk.page, `/contacts/${contactId}`);
    return now.endedAtMs !== undefined && now;
  });
  expect(contact.outcome).toBe('answered');
  expect(center.log()).toMatch(new RegExp(`"contactId":"${contactId}","outcome":"answered","cause":"[a-z-]+"`));
  await contactIn(desk.page, 'wrap-up');
  await finishWrapUp(desk.page);
  await caller.phone.close();
  await until('the phone is back', 30_000, async () => (await deskState(desk.page)).phoneRegistered);
  await talk();
});

it('SIGTERM lets the call finish and then ends in order', async () => {
  const ended = center.terminate();
  await pause(3_000);
  await caller.call.untilHears(AGENT_TONE_HZ);
  const hungUpAtMs = Date.now();
  await caller.call.hangUp();
  expect(await ended).toBe(0);
  expect(Date.now() - hungUpAtMs, 'it did not wait for the whole grace time').toBeLessThan(GRACE_S * 1_000);
  expect(() => center.switchPid()).toThrow();
});
