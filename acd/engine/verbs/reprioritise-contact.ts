import { replace } from '../contacts/place.ts';
import { setScore } from '../contacts/scoring.ts';
import type { EventOf } from '../events.ts';
import { reject, type World } from '../world.ts';

/** A supervisor or flow sets the contact's own points anew. */
export function reprioritiseContact(world: World, event: EventOf<'contact-reprioritised'>) {
  const contact = world.contacts.get(event.contactId);
  if (!contact) return reject(world, event.type, 'unknown-contact');
  if (contact.state === 'handling') return reject(world, event.type, 'not-waiting');
  replace(world, contact, () => {
    contact.priority = event.priority;
    setScore(world, contact);
  });
}
