import type { CallbackPlan, Contact } from '../model.ts';
import type { World } from '../world.ts';

function keyOf(queueId: string, number: string): string {
  return `${queueId}\u0001${number}`;
}

/** Books the number in the contact's queue, and out of the queue where it was booked before. */
export function bookCallback(world: World, contact: Contact, plan: CallbackPlan): void {
  unbook(world, contact, plan);
  plan.queue = contact.queue;
  plan.queue.callbacks++;
  world.callbackNumbers.set(keyOf(plan.queue.id, plan.number), contact);
}

function unbook(world: World, contact: Contact, plan: CallbackPlan): void {
  const key = keyOf(plan.queue.id, plan.number);
  if (world.callbackNumbers.get(key) !== contact) return;
  world.callbackNumbers.delete(key);
  plan.queue.callbacks--;
}

/** Forgets a callback plan: the customer is on the line, or it is over. */
export function dropCallback(world: World, contact: Contact): void {
  if (!contact.callback) return;
  unbook(world, contact, contact.callback);
  contact.callback = undefined;
}

/** Who has booked this number in the contact's queue. */
export function bookedBy(world: World, contact: Contact, number: string): Contact | undefined {
  return world.callbackNumbers.get(keyOf(contact.queue.id, number));
}

/** Whether this number can be booked in this queue; another booking that still waits may be replaced. */
export function canBook(world: World, contact: Contact, number: string): boolean {
  const other = bookedBy(world, contact, number);
  if (!other || other === contact) return true;
  if (contact.queue.settings.callback.duplicates === 'refuse') return false;
  return other.state === 'callback-virtual' || other.state === 'callback-scheduled';
}
