import { checkReserve } from '../agents/reserve.ts';
import type { Contact } from '../model.ts';
import type { World } from '../world.ts';

/** Takes a place in the queue's line. */
export function joinLine(world: World, contact: Contact): void {
  if (contact.inLine) return;
  const queue = contact.queue;
  queue.line.add(contact);
  contact.inLine = true;
  checkReserve(world, queue);
}

/** Gives the place up. */
export function leaveLine(world: World, contact: Contact): void {
  if (!contact.inLine) return;
  contact.inLine = false;
  contact.queue.line.remove(contact);
  if (contact.queue.line.size === 0) contact.queue.statistics.busy = false;
  checkReserve(world, contact.queue);
}
