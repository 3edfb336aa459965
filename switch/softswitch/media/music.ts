import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  chordMusic,
  encodeG711,
  type G711,
  PCMA,
  PCMU,
  type SoundLibrary,
  TICK_SAMPLES,
} from '../../../media/index.ts';

/** Longest loop of one stream, samples: ten minutes. Longer files are cut there. */
const MAX_LOOP_SAMPLES = 10 * 60 * 8000;
const MAX_STREAMS = 100;
const STREAM_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
export const DEFAULT_STREAM = 'default';

/** An endless loop that all listeners hear at the same place; encoded once, so that a listener costs a copy of 160 bytes. */
export class MusicStream {
  readonly #samples: Int16Array;
  readonly #codes: Readonly<Record<G711['name'], Uint8Array>>;
  readonly #frames: number;

  constructor(samples: Int16Array) {
    this.#frames = Math.max(1, Math.floor(Math.min(samples.length, MAX_LOOP_SAMPLES) / TICK_SAMPLES));
    this.#samples = new Int16Array(this.#frames * TICK_SAMPLES);
    this.#samples.set(samples.subarray(0, this.#samples.length));
    const encoded = (law: G711) => {
      const codes = new Uint8Array(this.#samples.length);
      encodeG711(law, this.#samples, codes);
      return codes;
    };
    this.#codes = { PCMU: encoded(PCMU), PCMA: encoded(PCMA) };
  }

  /** Copies the 160 codes of this tick to `target` at `at`. */
  copyFrame(law: G711, tick: number, target: Uint8Array, at: number): void {
    const start = (tick % this.#frames) * TICK_SAMPLES;
    target.set(this.#codes[law.name].subarray(start, start + TICK_SAMPLES), at);
  }

  read(target: Int16Array, tick: number): number {
    const start = (tick % this.#frames) * TICK_SAMPLES;
    target.set(this.#samples.subarray(start, start + TICK_SAMPLES));
    return TICK_SAMPLES;
  }
}

/** The music streams by name. Files are read in the background; until then, and for names that are not there, the default plays. */
export class Music {
  readonly #streams = new Map<string, MusicStream>();

  constructor() {
    this.#streams.set(DEFAULT_STREAM, new MusicStream(chordMusic(8000).samples));
  }

  stream(name = DEFAULT_STREAM): MusicStream {
    return this.#streams.get(name) ?? this.#streams.get(DEFAULT_STREAM)!;
  }

  /** Reads `dir/NAME.wav` and `dir/NAME/*.wav` (in order of names, one after the other). A folder that is not there is an empty one. */
  async load(dir: string, sounds: SoundLibrary): Promise<void> {
    const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.slice(0, MAX_STREAMS)) {
      const name = entry.isDirectory() ? entry.name : entry.name.replace(/\.wav$/i, '');
      if (!STREAM_NAME.test(name) || (!entry.isDirectory() && name === entry.name)) continue;
      const folder = join(dir, entry.name);
      const paths = entry.isDirectory()
        ? (await readdir(folder).catch(() => []))
            .filter((file) => /\.wav$/i.test(file))
            .sort()
            .map((file) => join(folder, file))
        : [folder];
      await this.#add(name, paths, sounds);
    }
  }

  async #add(name: string, paths: readonly string[], sounds: SoundLibrary): Promise<void> {
    const parts: Int16Array[] = [];
    let length = 0;
    for (const path of paths) {
      if (length >= MAX_LOOP_SAMPLES) break;
      const loaded = await sounds.load(path);
      if (loaded.kind === 'missing') continue;
      parts.push(loaded.pcm.samples);
      length += loaded.pcm.samples.length;
    }
    if (length < TICK_SAMPLES) return;
    const all = new Int16Array(length);
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    this.#streams.set(name, new MusicStream(all));
  }
}
