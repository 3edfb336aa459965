import { freeSlot } from '../agents/slots.ts';
import type { LimitOutcome } from '../configuration.ts';
import type { Outcome } from '../effects.ts';
import type { Contact } from '../model.ts';
import { stopHandling, workOf } from '../work/handling.ts';
import { withdrawOffers } from '../work/offer.ts';
import type { World } from '../world.ts';
import { endContact, leaveQueue } from './leave.ts';
import { unplace } from './place.ts';

/** Whether a contact stands in a queue: waiting, offered, or as a callback. */
export function isQueued(contact: Contact): boolean {
  return contact.state !== 'handling';
}

/** Takes a contact out of its queue whatever it is doing there: offers are withdrawn, a reserved agent is freed. */
export function pullOut(
  world: World,
  contact: Contact,
  outcome: Outcome,
  more: { readonly to?: LimitOutcome; readonly why?: string } = {},
): void {
  withdrawOffers(world, contact, outcome);
  freeReserved(world, contact);
  unplace(world, contact);
  leaveQueue(world, contact, outcome, more);
}

/** agent-first: the agent who was reserved for a callback has their slot back. */
export function freeReserved(world: World, contact: Contact): void {
  const agent = contact.agent;
  if (!agent || contact.state === 'handling') return;
  contact.agent = undefined;
  const work = workOf(agent, contact.id, 'handling');
  if (work) freeSlot(world, work);
}

/** The customer of a handled contact is gone: assignment and contact end. */
export function endHandled(world: World, contact: Contact, why: 'ended' | 'abandoned' | 'forced', wrapUp = true): void {
  withdrawOffers(world, contact, 'ended');
  stopHandling(world, contact, why, wrapUp);
  endContact(world, contact, 'answered');
}

/** Out of the queue and over. */
export function endQueued(
  world: World,
  contact: Contact,
  outcome: Outcome,
  more: { readonly to?: LimitOutcome; readonly why?: string } = {},
): void {
  pullOut(world, contact, outcome, more);
  endContact(world, contact, outcome);
}
