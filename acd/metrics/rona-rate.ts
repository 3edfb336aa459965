import { shareOf } from './share.ts';

/** Offers that timed out / offers, 0–1. RONA: redirection on no answer. */
export function ronaRate(counts: { readonly unansweredOffers: number; readonly offers: number }): number | undefined {
  return shareOf(counts.unansweredOffers, counts.offers);
}
