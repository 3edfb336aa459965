import type { Contact, Need, Queue } from '../model.ts';
import { keepNeed, needOf, releaseNeed } from '../needs/need-index.ts';
import type { World } from '../world.ts';

/** Looks the contact's need up anew, after its queue, requirement or class has changed. */
export function setNeed(world: World, contact: Contact): Need {
  const queues: Queue[] = [contact.queue];
  for (const id of contact.also) {
    const queue = world.queues.get(id);
    if (queue && !queue.retired && !queues.includes(queue)) queues.push(queue);
  }
  const need = needOf(world, contact.class, queues, contact.groups, contact.requirement);
  if (contact.need !== need) {
    keepNeed(world, need);
    if (contact.need) releaseNeed(world, contact.need);
    contact.need = need;
  }
  return need;
}
