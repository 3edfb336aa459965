import { shareOf } from './share.ts';

/** Mean wait of abandoned contacts until they left, ms. */
export function averageAbandonWait(counts: {
  readonly abandonedWaitMs: number;
  readonly abandoned: number;
}): number | undefined {
  return shareOf(counts.abandonedWaitMs, counts.abandoned);
}
