import { shareOf } from './share.ts';

/** Share of handled contacts that were transferred at least once, 0–1. */
export function transferRate(counts: {
  readonly transferredContacts: number;
  readonly handledContacts: number;
}): number | undefined {
  return shareOf(counts.transferredContacts, counts.handledContacts);
}
