import { shareOf } from './share.ts';

/** Share of handled contacts that were held at least once, 0–1. */
export function holdRate(counts: {
  readonly heldContacts: number;
  readonly handledContacts: number;
}): number | undefined {
  return shareOf(counts.heldContacts, counts.handledContacts);
}
