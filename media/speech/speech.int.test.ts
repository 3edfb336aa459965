import { access, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readWav } from '../audio/index.ts';
import { ESPEAK_NG, FallbackSynthesizer, FLITE, ProgramSynthesizer, PromptCache, type SpeechProgram } from './index.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'speech-'));
});

afterEach(() => rm(folder, { recursive: true }));

const absent: SpeechProgram = { ...ESPEAK_NG, name: 'absent', program: 'no-such-synthesiser' };

it.each([
  ['espeak-ng', ESPEAK_NG, 'en', 'Welcome. Press one for sales.'],
  ['espeak-ng', ESPEAK_NG, 'zh-CN', '您好，请按1。'],
  ['flite', FLITE, 'en', 'Welcome. Press one for sales.'],
] as const)('%s speaks (%#)', async (_name, program, language, text) => {
  const outcome = await new ProgramSynthesizer(program).speak({ text, language });
  if (outcome.kind !== 'spoken') throw new Error(outcome.detail);
  const sound = readWav(outcome.wav);
  expect(sound).toMatchObject({ kind: 'wav', sampleRateHz: 8000, cutShort: false });
  if (sound.kind === 'wav') {
    expect(sound.channels).toHaveLength(1);
    expect(Math.max(...sound.channels[0]!)).toBeGreaterThan(2000);
  }
  expect(outcome.durationMs).toBeGreaterThan(500);
});

it('says what is not there', async () => {
  const missing = new ProgramSynthesizer(absent);
  expect(await missing.languages()).toEqual([]);
  expect(await missing.speak({ text: 'hello', language: 'en' })).toMatchObject({ kind: 'unavailable' });
  expect(await new ProgramSynthesizer(FLITE).speak({ text: '你好', language: 'zh-CN' })).toMatchObject({
    kind: 'unavailable',
  });
  expect(await new ProgramSynthesizer(FLITE).speak({ text: ' \n\t', language: 'en' })).toMatchObject({
    kind: 'invalid',
  });
  expect(await new ProgramSynthesizer(FLITE).speak({ text: 'x'.repeat(2001), language: 'en' })).toMatchObject({
    kind: 'invalid',
  });
});

it('kills a program that is late', async () => {
  const slow: SpeechProgram = { ...FLITE, program: 'sleep', command: () => ({ args: ['60'], input: '' }) };
  const outcome = await new ProgramSynthesizer(slow, { deadlineMs: 100 }).speak({ text: 'hello', language: 'en' });
  expect(outcome).toMatchObject({ kind: 'failed', detail: 'flite took longer than 100 ms' });
});

it('never hands the text to a shell, nor lets it be an option', async () => {
  const mark = join(folder, 'mark');
  const text = `--help; $(touch ${mark}) \`touch ${mark}\` | touch ${mark}`;
  for (const program of [ESPEAK_NG, FLITE]) {
    expect(await new ProgramSynthesizer(program).speak({ text, language: 'en' })).toMatchObject({ kind: 'spoken' });
  }
  await expect(access(mark)).rejects.toThrow();
});

it('falls back, and keeps what was spoken as whole files', async () => {
  const chain = new FallbackSynthesizer([
    new ProgramSynthesizer(absent),
    new ProgramSynthesizer(FLITE),
    new ProgramSynthesizer(ESPEAK_NG),
  ]);
  expect([...(await chain.languages())].sort()).toEqual(['en', 'zh-CN']);
  const dir = join(folder, 'prompts');
  const cache = new PromptCache(chain, dir);
  const request = { text: 'Please hold the line.', language: 'en' } as const;
  const [first, second] = await Promise.all([cache.prompt(request), cache.prompt(request)]);
  if (first.kind !== 'file') throw new Error(first.detail);
  expect(second).toBe(first);
  expect(await new PromptCache(chain, dir).prompt(request)).toEqual(first);
  expect(await readdir(dir)).toHaveLength(1);
  expect(readWav(await readFile(first.path))).toMatchObject({ kind: 'wav', sampleRateHz: 8000 });
  expect(await cache.prompt({ text: '请稍候。', language: 'zh-CN' })).toMatchObject({ kind: 'file' });
});
