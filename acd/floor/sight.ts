import type { Identity } from '../access/index.ts';
import type { CustomerCard, PathStep } from '../api/contract/index.ts';

/** How somebody sees a number, and a name that may be one. */
export type Sight = (text: string) => string;

/** Whole with the permission, masked without. */
export function sightOf(identity: Pick<Identity, 'permissions'>, mask: Sight): Sight {
  return identity.permissions.has('numbers.see') ? (text) => text : mask;
}

/** People without a name are shown by their number, so the name is masked too. */
export function cardInSight(card: CustomerCard, sight: Sight): CustomerCard {
  return { ...card, displayName: sight(card.displayName), numbers: card.numbers.map(sight) };
}

/** Callers key in numbers of phones, cards and identity papers. */
export function stepInSight(step: PathStep, sight: Sight): PathStep {
  return step.value === undefined ? step : { ...step, value: sight(step.value) };
}
