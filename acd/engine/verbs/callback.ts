import { canBook, dropCallback } from '../contacts/booking.ts';
import { place, unplace } from '../contacts/place.ts';
import { attemptFailed, planCallback } from '../contacts/plan-callback.ts';
import { freeReserved } from '../contacts/pull-out.ts';
import type { EventOf } from '../events.ts';
import { startHandling, workOf } from '../work/handling.ts';
import { withdrawOffers } from '../work/offer.ts';
import { reject, type World } from '../world.ts';

/** The customer hangs up and keeps the place. */
export function acceptCallback(world: World, event: EventOf<'callback-accepted'>) {
  const contact = world.contacts.get(event.contactId);
  if (!contact) return reject(world, event.type, 'unknown-contact');
  if (contact.callback || contact.state === 'handling') return reject(world, event.type, 'not-waiting');
  if (!canBook(world, contact, event.number)) return reject(world, event.type, 'duplicate-callback');
  withdrawOffers(world, contact, 'callback-taken');
  planCallback(world, contact, event.number, event.mode, event.dueMs ?? 0);
}

/** What became of dialling the customer. */
export function settleAttempt(world: World, event: EventOf<'callback-attempted'>) {
  const contact = world.contacts.get(event.contactId);
  if (!contact) return reject(world, event.type, 'unknown-contact');
  if (contact.state !== 'callback-dialling') return reject(world, event.type, 'not-dialling');
  if (event.result !== 'answered') {
    freeReserved(world, contact);
    attemptFailed(world, contact);
    return;
  }
  const agent = contact.agent;
  const work = agent && workOf(agent, contact.id, 'handling');
  unplace(world, contact);
  if (agent && work) {
    startHandling(world, contact, agent, work);
    return;
  }
  dropCallback(world, contact);
  place(world, contact);
}
