import { endHandled, endQueued } from '../contacts/pull-out.ts';
import type { EventOf } from '../events.ts';
import { reject, type World } from '../world.ts';

/** A flow or a person takes the contact out; a handled one is ended. */
export function withdrawContact(world: World, event: EventOf<'contact-withdrawn'>) {
  const contact = world.contacts.get(event.contactId);
  if (!contact) return reject(world, event.type, 'unknown-contact');
  if (contact.state === 'handling') return endHandled(world, contact, 'ended');
  endQueued(world, contact, event.outcome ?? 'withdrawn', event.why === undefined ? {} : { why: event.why });
}
