import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../config/logger.ts';
import { recordingInfo } from '../../media/index.ts';
import { HIGHEST_SAID_POSITION, rangeOf, rangePrompt } from './announce.ts';
import { openPromptLibrary } from './prompts.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prompts-'));
  await mkdir(join(folder, 'en'));
  await writeFile(join(folder, 'en/hello.wav'), 'x');
  const prompts = ['hello', 'lost'].map((id) => ({ id, text: { en: `say ${id}`, 'zh-CN': `说${id}` } }));
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ prompts }));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('prompts', () => {
  it('are files where they are there, spoken where not, and passed over without a voice', async () => {
    const spoken: string[] = [];
    const speaker = {
      speak: async (text: string) => {
        spoken.push(text);
        return '/spoken.wav';
      },
    };
    const options = { folder, switchFolder: '/switch/', log: silentLogger };
    const library = await openPromptLibrary({ ...options, speaker });
    const none = new Map<string, string>();
    expect(await library.soundOf({ prompt: 'hello' }, 'en', none)).toEqual({
      kind: 'file',
      path: '/switch/en/hello.wav',
    });
    expect(await library.soundOf({ prompt: 'lost' }, 'en', none)).toEqual({ kind: 'file', path: '/spoken.wav' });
    const name = { text: { en: 'Hello {name}{unknown}.' } };
    expect(await library.soundOf(name, 'en', new Map([['name', 'Li']]))).toEqual({ kind: 'file', path: '/spoken.wav' });
    expect(spoken).toEqual(['say lost', 'Hello Li.']);
    const silent = await openPromptLibrary(options);
    expect(await silent.soundOf({ prompt: 'lost' }, 'en', none)).toBeUndefined();
    expect(await silent.soundOf({ prompt: 'never heard of' }, 'en', none)).toBeUndefined();
    const failing = { speak: () => Promise.reject(new TypeError('broken')) };
    const broken = await openPromptLibrary({ ...options, speaker: failing });
    expect(await broken.soundOf({ prompt: 'lost' }, 'en', none)).toBeUndefined();
  });

  it('need a manifest that can be read', async () => {
    await writeFile(join(folder, 'manifest.json'), '{');
    const opened = openPromptLibrary({ folder, switchFolder: '/', log: silentLogger });
    await expect(opened).rejects.toMatchObject({ code: 'config.invalid' });
  });

  it('ship as whole 8 kHz files in both languages, with everything that announcements say', async () => {
    const shipped = join(import.meta.dirname, '../../config/prompts');
    const library = await openPromptLibrary({ folder: shipped, switchFolder: '/', log: silentLogger });
    for (const locale of ['en', 'zh-CN']) {
      const files = await readdir(join(shipped, locale));
      expect(files.map((file) => file.replace('.wav', '')).sort()).toEqual([...library.promptIds].sort());
      for (const file of files) {
        const info = await recordingInfo(join(shipped, locale, file));
        expect(info).toMatchObject({ kind: 'complete', channels: 1, sampleRateHz: 8_000 });
      }
    }
    for (let minutes = 0.5; minutes < 60; minutes += 0.5) {
      expect(library.promptIds.has(rangePrompt(rangeOf(minutes * 60_000)!))).toBe(true);
    }
    for (let position = 1; position <= HIGHEST_SAID_POSITION; position++) {
      expect(library.promptIds.has(`position-${position}`)).toBe(true);
    }
    const music = await recordingInfo(join(shipped, 'music/default.wav'));
    expect(music).toMatchObject({ kind: 'complete', channels: 1, sampleRateHz: 8_000 });
  });
});
