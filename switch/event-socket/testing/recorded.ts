import { readdirSync, readFileSync } from 'node:fs';

/** One frame of a recorded conversation; `dir` says who sent it. */
export interface RecordedFrame {
  readonly t: number;
  readonly dir: 'C' | 'S';
  readonly text: string;
}

const folder = new URL('../fixtures/', import.meta.url);

/** Names of the recorded conversations. */
export const RECORDINGS: readonly string[] = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));

/** The frames of one recorded conversation, in order. */
export function recordedFrames(name: string): RecordedFrame[] {
  const lines = readFileSync(new URL(name, folder), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as RecordedFrame);
}
