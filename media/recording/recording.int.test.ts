import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readWav } from '../audio/index.ts';
import { GrowingWav, recordingInfo } from './index.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recording-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function opened(path: string): GrowingWav {
  const outcome = GrowingWav.open(path, 2, 8000);
  if (outcome.kind !== 'open') throw new Error(outcome.detail);
  return outcome.file;
}

const second = new Int16Array(16_000).fill(1000);

it('can be read while it grows, and is complete when it was finished', async () => {
  const path = join(folder, 'a.wav');
  const file = opened(path);
  expect(await recordingInfo(path)).toMatchObject({ kind: 'complete', durationMs: 0 });
  expect(file.write(second)).toBe('written');
  expect(await recordingInfo(path)).toMatchObject({ kind: 'cut-short', durationMs: 1000, channels: 2 });
  expect(readWav(await readFile(path))).toMatchObject({ kind: 'wav', cutShort: true });
  expect(file.finish()).toBe(true);
  expect(file.finish()).toBe(true);
  expect(file.write(second)).toBe('write-failed');
  expect(await recordingInfo(path)).toMatchObject({ kind: 'complete', durationMs: 1000 });
  await truncate(path, 44 + 8000 * 4 - 4000);
  expect(await recordingInfo(path)).toMatchObject({ kind: 'cut-short', durationMs: 875 });
});

it('tells missing from unreadable', async () => {
  expect(await recordingInfo(join(folder, 'none.wav'))).toEqual({ kind: 'missing' });
  expect(await recordingInfo(join(folder, 'none', 'none.wav'))).toEqual({ kind: 'missing' });
  await writeFile(join(folder, 'text.wav'), 'hello');
  expect(await recordingInfo(join(folder, 'text.wav'))).toMatchObject({ kind: 'unreadable' });
  expect(await recordingInfo(folder)).toMatchObject({ kind: 'unreadable' });
});

it('says so when the disk is full, the folder is not there, or the file is taken away', async () => {
  expect(GrowingWav.open('/dev/full', 2, 8000)).toEqual({ kind: 'failed', detail: 'ENOSPC' });
  expect(GrowingWav.open(join(folder, 'none', 'a.wav'), 2, 8000)).toEqual({ kind: 'failed', detail: 'ENOENT' });
  const file = opened(join(folder, 'b.wav'));
  await rm(folder, { recursive: true });
  const outcomes = Array.from({ length: 60 }, () => file.write(second.subarray(0, 320)));
  expect(outcomes).toContain('write-failed');
});
