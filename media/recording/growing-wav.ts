import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';
import { WAV_HEAD_BYTES, wavHead } from '../audio/index.ts';

export type OpenOutcome =
  | { readonly kind: 'open'; readonly file: GrowingWav }
  | { readonly kind: 'failed'; readonly detail: string };

/** Writes between looks whether the file still has a name. */
const LOOK_EVERY = 50;

/** What a write came to. A full disk, or a folder that went away, ends a recording and nothing else. */
export type WriteOutcome = 'written' | 'disk-full' | 'write-failed';

/**
 * A 16-bit WAV that others read while it is written: each write is on the disk's cache at once; the sizes in the header are those of
 * an empty file until {@link finish}. Writes are synchronous, because one small write to the page cache costs less than its hand-over
 * to another thread.
 */
export class GrowingWav {
  readonly path: string;
  readonly #fd: number;
  readonly #channels: number;
  readonly #sampleRateHz: number;
  #dataBytes = 0;
  #open = true;
  #writes = 0;

  private constructor(path: string, fd: number, channels: number, sampleRateHz: number) {
    this.path = path;
    this.#fd = fd;
    this.#channels = channels;
    this.#sampleRateHz = sampleRateHz;
  }

  /** Makes the file anew (0640); an older one of that name is overwritten. */
  static open(path: string, channels: number, sampleRateHz: number): OpenOutcome {
    try {
      const fd = openSync(path, 'w', 0o640);
      const file = new GrowingWav(path, fd, channels, sampleRateHz);
      writeSync(fd, wavHead({ sampleRateHz, channels, dataBytes: 0 }));
      return { kind: 'open', file };
    } catch (error) {
      return { kind: 'failed', detail: (error as NodeJS.ErrnoException).code ?? 'unknown' };
    }
  }

  /** @param samples interleaved, in the machine's (little-endian) order */
  write(samples: Int16Array): WriteOutcome {
    if (!this.#open) return 'write-failed';
    try {
      const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
      const written = writeSync(this.#fd, bytes, 0, bytes.length, WAV_HEAD_BYTES + this.#dataBytes);
      // A short write leaves the axis crooked; a disk does that only when it is full.
      if (written < bytes.length) return 'disk-full';
      this.#dataBytes += written;
      this.#writes += 1;
      // A file that was deleted takes writes for ever, and nobody would find it.
      if (this.#writes % LOOK_EVERY === 0 && fstatSync(this.#fd).nlink === 0) return 'write-failed';
      return 'written';
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      return code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-full' : 'write-failed';
    }
  }

  /** Puts the sizes right and closes. Idempotent; false when the sizes could not be written. */
  finish(): boolean {
    if (!this.#open) return true;
    this.#open = false;
    let correct = true;
    try {
      const head = wavHead({ sampleRateHz: this.#sampleRateHz, channels: this.#channels, dataBytes: this.#dataBytes });
      writeSync(this.#fd, head, 0, head.length, 0);
    } catch {
      correct = false;
    }
    try {
      closeSync(this.#fd);
    } catch {
      correct = false;
    }
    return correct;
  }
}
