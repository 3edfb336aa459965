import { eventFrames } from '../../../media/index.ts';
import { refreshFeed } from './feed.ts';
import type { LegState } from './leg-state.ts';

const MAX_DIGITS = 64;
const DEFAULT_DURATION_MS = 160;

/** See `LegMedia.sendDigits`. Digits asked for while others are being sent come after them. */
export function sendDigits(leg: LegState, digits: string, durationMs = DEFAULT_DURATION_MS): void {
  if (leg.closed) return;
  const wanted = digits.replace(/[^0-9*#A-D]/gi, '').slice(0, MAX_DIGITS);
  if (wanted === '') return;
  const frames = eventFrames(wanted, Math.min(4000, Math.max(40, durationMs)));
  leg.digits = leg.digits ? chained(leg.digits, frames) : frames;
  leg.stream.breakOff();
  refreshFeed(leg);
}

function* chained<T>(first: Generator<T, void>, second: Generator<T, void>): Generator<T, void> {
  yield* first;
  yield* second;
}
