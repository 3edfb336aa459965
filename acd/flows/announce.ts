import type { WaitRange } from './line.ts';
import type { Saying, Sentence } from './sentence.ts';

/** Upper bounds of the ranges that can be said, minutes. Each has a prompt `wait-FROM-TO`; above the last there is `wait-over-N`. */
export const WAIT_BOUNDS_MINUTES = [1, 2, 3, 5, 10, 15, 20, 30] as const;

/** Highest position for which a prompt ships. */
export const HIGHEST_SAID_POSITION = 20;

/** What was said last to a waiting caller; nothing at first. */
export interface Announced {
  readonly position?: number;
  readonly range?: WaitRange;
}

/**
 * The range in which an estimate lies: (0,1], (1,2], (2,3], (3,5] … minutes. Its lower end is at least one second: zero is never
 * announced. Above the last bound the range is open and ends at twice the bound.
 */
export function rangeOf(waitMs: number): WaitRange | undefined {
  if (!Number.isFinite(waitMs) || waitMs <= 0) return undefined;
  let lower = 0;
  for (const upper of WAIT_BOUNDS_MINUTES) {
    if (waitMs <= upper * 60_000) return { fromMs: Math.max(1_000, lower * 60_000), toMs: upper * 60_000 };
    lower = upper;
  }
  return { fromMs: lower * 60_000, toMs: lower * 120_000 };
}

/** Prompt of a range. */
export function rangePrompt(range: WaitRange): string {
  const from = range.fromMs < 60_000 ? 0 : range.fromMs / 60_000;
  const last = WAIT_BOUNDS_MINUTES[WAIT_BOUNDS_MINUTES.length - 1]!;
  if (from >= last) return `wait-over-${last}`;
  return from === 0 ? 'wait-under-1' : `wait-${from}-${range.toMs / 60_000}`;
}

/**
 * What is to be said now, by the rule of the metrics: a range, never zero, and again only when it fell. The position follows the same
 * rule. Returns what will have been said, with the sentences (none when nothing is new).
 */
export function nextAnnouncement(
  before: Announced,
  now: { readonly position?: number; readonly waitMs?: number },
  wanted: { readonly position: boolean; readonly estimate: boolean },
): { readonly saying: Saying; readonly announced: Announced } {
  const saying: Sentence[] = [];
  let announced = before;
  const { position } = now;
  if (wanted.position && position !== undefined && position >= 1 && position <= HIGHEST_SAID_POSITION) {
    if (before.position === undefined || position < before.position) {
      saying.push({ prompt: 'you-are-number' }, { prompt: `position-${position}` });
      announced = { ...announced, position };
    }
  }
  const range = now.waitMs === undefined ? undefined : rangeOf(now.waitMs);
  if (wanted.estimate && range && (before.range === undefined || range.toMs < before.range.toMs)) {
    saying.push({ prompt: rangePrompt(range) });
    announced = { ...announced, range };
  }
  return { saying, announced };
}
