import { enterQueue } from '../contacts/enter.ts';
import { place, unplace } from '../contacts/place.ts';
import { endHandled, freeReserved } from '../contacts/pull-out.ts';
import type { Agent } from '../model.ts';
import { stopHandling } from '../work/handling.ts';
import { refuseOffer, withdrawOffers } from '../work/offer.ts';
import { endWrapUp } from '../work/wrap-up.ts';
import type { World } from '../world.ts';

/** Takes back whatever is offered to the agent. */
export function withdrawAgentOffers(world: World, agent: Agent, why: string): void {
  for (const work of [...agent.work]) {
    const offer = work.state === 'offered' ? world.offers.get(work.offerId) : undefined;
    if (offer) refuseOffer(world, offer, 'withdrawn', why);
  }
}

export function endWrapUps(world: World, agent: Agent): void {
  for (const work of [...agent.work]) if (work.state === 'wrap-up') endWrapUp(world, work, 'forced');
}

/** Running contacts end, or go back to their queue with their first enqueue time. No wrap-up follows. */
export function dropAssignments(world: World, agent: Agent, then: 'end' | 'requeue'): void {
  for (const work of [...agent.work]) {
    const contact = work.state === 'handling' ? world.contacts.get(work.contactId) : undefined;
    if (!contact || contact.agent !== agent) continue;
    if (contact.state !== 'handling') {
      freeReserved(world, contact);
      unplace(world, contact);
      place(world, contact);
    } else if (then === 'end') {
      endHandled(world, contact, 'forced', false);
    } else {
      withdrawOffers(world, contact, 'requeued');
      stopHandling(world, contact, 'requeued', false);
      enterQueue(world, contact, contact.queue, 'requeued');
    }
  }
}
