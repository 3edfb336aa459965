import { readFileSync } from 'node:fs';
import { type Frame, parseFrame } from './frames.ts';

/** One line of a recorded conversation. */
export interface TraceLine {
  readonly atMs: number;
  readonly from: 'client' | 'server';
  readonly text: string;
  /** Of what the server said. */
  readonly frame: Frame | undefined;
}

/** Reads a recorded conversation with FreeSWITCH. */
export function readTrace(name: string): TraceLine[] {
  const file = new URL(`./fixtures/${name}.jsonl`, import.meta.url);
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const { t, dir, text } = JSON.parse(line) as { t: number; dir: string; text: string };
      const from = dir === 'C' ? 'client' : 'server';
      return { atMs: t, from, text, frame: from === 'server' ? parseFrame(text) : undefined };
    });
}
