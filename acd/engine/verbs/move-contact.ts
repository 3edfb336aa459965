import { enterQueue } from '../contacts/enter.ts';
import { pullOut } from '../contacts/pull-out.ts';
import type { EventOf } from '../events.ts';
import { reject, type World } from '../world.ts';

/** A supervisor moves a waiting contact to another queue; it keeps its first enqueue time. */
export function moveContact(world: World, event: EventOf<'contact-moved'>) {
  const contact = world.contacts.get(event.contactId);
  if (!contact) return reject(world, event.type, 'unknown-contact');
  const queue = world.queues.get(event.queueId);
  if (!queue || queue.retired) return reject(world, event.type, 'unknown-queue');
  if (contact.state === 'handling' || contact.state === 'callback-dialling')
    return reject(world, event.type, 'not-waiting');
  pullOut(world, contact, 'overflowed', { to: { to: 'queue', queueId: queue.id }, why: 'moved' });
  enterQueue(world, contact, queue, 'moved');
}
