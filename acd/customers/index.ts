/** Customers as people see them. */
export { customerCard, loadCard, VIP_TIER } from './card.ts';
