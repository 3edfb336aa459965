import { shareOf } from './share.ts';

/** Share of offered contacts that were abandoned, 0–1. Callbacks are not abandoned. */
export function abandonRate(counts: { readonly abandoned: number; readonly offered: number }): number | undefined {
  return shareOf(counts.abandoned, counts.offered);
}

/** The same with short abandons left out of both sides: they asked for nothing that could have been served. */
export function abandonRateWithoutShort(counts: {
  readonly abandoned: number;
  readonly shortAbandoned: number;
  readonly offered: number;
}): number | undefined {
  return shareOf(counts.abandoned - counts.shortAbandoned, counts.offered - counts.shortAbandoned);
}
