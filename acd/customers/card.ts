import type { CustomerCard } from '../api/contract/index.ts';
import { type Customer, type Identity, identitiesOf, type Queryable } from '../store/index.ts';

/** The tier that pages show as VIP. */
export const VIP_TIER = 'vip';

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const wordsOf = (value: unknown) => (Array.isArray(value) ? value.filter((word) => typeof word === 'string') : []);

/** What pages show of a customer. Unknown people are shown by their number, and guests of the caller page as `?`. */
export function customerCard(customer: Customer, identities: readonly Identity[]): CustomerCard {
  const numbers = identities
    .filter((identity) => identity.kind === 'phone' || identity.kind === 'extension')
    .map((identity) => identity.value);
  return {
    customerId: customer.id,
    displayName: customer.displayName ?? numbers[0] ?? '?',
    vip: customer.tier === VIP_TIER,
    tags: wordsOf(customer.attributes.tags),
    numbers,
    notes: textOf(customer.attributes.notes),
  };
}

/** Reads the identities and builds the card. */
export async function loadCard(db: Queryable, customer: Customer): Promise<CustomerCard> {
  return customerCard(customer, await identitiesOf(db, customer.id));
}
