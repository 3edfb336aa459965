import { shareOf } from './share.ts';

/** ASA: mean wait of answered contacts, ms; a wait is enqueue → agent connected, ringing included. */
export function averageSpeedOfAnswer(counts: {
  readonly answeredWaitMs: number;
  readonly answered: number;
}): number | undefined {
  return shareOf(counts.answeredWaitMs, counts.answered);
}
