/** Scores are counted in 1/60,000 of a point: a point per minute is then one unit per millisecond, and all sums are whole. */
export const UNITS_PER_POINT = 60_000;

/** What decides a contact's place. `base` and `cap` in units, `gain` in units per ms (points per minute). */
export interface Scored {
  readonly base: number;
  readonly gain: number;
  /** The most that waiting can add; −1: no limit. */
  readonly cap: number;
  readonly firstEnqueuedMs: number;
  readonly order: number;
}

/** Base + acceleration × time waiting, the gain limited by `cap`. In units. */
export function scoreAt(contact: Scored, nowMs: number): number {
  const gained = contact.gain * Math.max(0, nowMs - contact.firstEnqueuedMs);
  return contact.base + (contact.cap >= 0 && gained > contact.cap ? contact.cap : gained);
}

/** Whether `a` goes before `b` at this moment: higher score, then first enqueued, then first come. */
export function goesBefore(a: Scored, b: Scored, nowMs: number): boolean {
  if (a === b) return false;
  const scoreA = scoreAt(a, nowMs);
  const scoreB = scoreAt(b, nowMs);
  if (scoreA !== scoreB) return scoreA > scoreB;
  if (a.firstEnqueuedMs !== b.firstEnqueuedMs) return a.firstEnqueuedMs < b.firstEnqueuedMs;
  return a.order < b.order;
}

/**
 * The part of the score that never changes while waiting. Without a cap it is the score less what all gain alike; with a cap,
 * contacts share a lane only with those of the same base, so time alone orders them.
 */
export function placeKey(contact: Scored): number {
  return contact.cap < 0 ? contact.base - contact.gain * contact.firstEnqueuedMs : 0;
}
