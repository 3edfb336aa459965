import { readFile, stat } from 'node:fs/promises';
import type { Pcm } from './pcm.ts';
import { resample } from './resample.ts';
import { readWav, toMono } from './wav-read.ts';

export type LoadedSound =
  | { readonly kind: 'sound'; readonly pcm: Pcm }
  | { readonly kind: 'missing'; readonly reason: string };

/** Largest file that is read, bytes: half an hour of 16 kHz mono. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
/** Decoded sound kept for the next time, bytes. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

interface Kept {
  readonly version: string;
  readonly pcm: Pcm;
}

/** Reads WAV files as one channel of one rate, and keeps the last ones used in memory as long as the file stays as it was. */
export class SoundLibrary {
  readonly #sampleRateHz: number;
  readonly #kept = new Map<string, Kept>();
  #keptBytes = 0;

  constructor(sampleRateHz: number) {
    this.#sampleRateHz = sampleRateHz;
  }

  async load(path: string): Promise<LoadedSound> {
    try {
      const { size, mtimeMs } = await stat(path);
      const version = `${size}:${mtimeMs}`;
      const kept = this.#kept.get(path);
      if (kept?.version === version) {
        this.#kept.delete(path);
        this.#kept.set(path, kept);
        return { kind: 'sound', pcm: kept.pcm };
      }
      if (size > MAX_FILE_BYTES) return { kind: 'missing', reason: 'the file is larger than 64 MiB' };
      const sound = readWav(await readFile(path));
      if (sound.kind === 'invalid') return { kind: 'missing', reason: sound.reason };
      const pcm = await resample(toMono(sound), this.#sampleRateHz);
      this.#keep(path, { version, pcm });
      return { kind: 'sound', pcm };
    } catch (error) {
      return { kind: 'missing', reason: (error as NodeJS.ErrnoException).code ?? 'unreadable' };
    }
  }

  #keep(path: string, entry: Kept): void {
    this.#forget(path);
    this.#kept.set(path, entry);
    this.#keptBytes += entry.pcm.samples.byteLength;
    for (const [oldest] of this.#kept) {
      if (this.#keptBytes <= MAX_KEPT_BYTES) break;
      this.#forget(oldest);
    }
  }

  #forget(path: string): void {
    const entry = this.#kept.get(path);
    if (!entry) return;
    this.#kept.delete(path);
    this.#keptBytes -= entry.pcm.samples.byteLength;
  }
}
