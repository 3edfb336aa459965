import { shareOf } from './share.ts';

/** AHT: (talk + hold + wrap-up) / handled, ms; attributed to the interval in which handling ended. `talkMs` includes hold when hold is not kept apart. */
export function averageHandlingTime(counts: {
  readonly talkMs: number;
  readonly holdMs?: number;
  readonly wrapUpMs: number;
  readonly handled: number;
}): number | undefined {
  return shareOf(counts.talkMs + (counts.holdMs ?? 0) + counts.wrapUpMs, counts.handled);
}
