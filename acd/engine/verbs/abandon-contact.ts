import { endHandled, endQueued } from '../contacts/pull-out.ts';
import type { EventOf } from '../events.ts';
import { reject, type World } from '../world.ts';

/** The customer went away. */
export function abandonContact(world: World, event: EventOf<'contact-abandoned'>) {
  const contact = world.contacts.get(event.contactId);
  if (!contact) return reject(world, event.type, 'unknown-contact');
  if (contact.state === 'handling') return endHandled(world, contact, 'abandoned');
  if (contact.callback) return endQueued(world, contact, 'withdrawn', { why: 'cancelled' });
  const short = world.nowMs - contact.enqueuedMs <= contact.queue.settings.shortAbandonMs;
  endQueued(world, contact, short ? 'short-abandoned' : 'abandoned');
}
