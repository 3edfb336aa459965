import { enterQueue } from '../contacts/enter.ts';
import { endHandled } from '../contacts/pull-out.ts';
import type { EventOf } from '../events.ts';
import { stopHandling } from '../work/handling.ts';
import { withdrawOffers } from '../work/offer.ts';
import { reject, type World } from '../world.ts';

/** The conversation is over for this agent. */
export function endAssignment(world: World, event: EventOf<'assignment-ended'>) {
  const contact = world.contacts.get(event.contactId);
  if (!contact) return reject(world, event.type, 'unknown-contact');
  if (contact.state !== 'handling' || contact.agent?.id !== event.agentId)
    return reject(world, event.type, 'not-assigned');
  if (event.then !== 'requeue') return endHandled(world, contact, 'ended');
  withdrawOffers(world, contact, 'requeued');
  stopHandling(world, contact, 'requeued');
  enterQueue(world, contact, contact.queue, 'requeued');
}
