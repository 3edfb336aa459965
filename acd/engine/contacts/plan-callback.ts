import type { Contact } from '../model.ts';
import { emit, type World } from '../world.ts';
import { bookCallback, bookedBy, canBook } from './booking.ts';
import { endContact, leaveQueue } from './leave.ts';
import { joinLine } from './line.ts';
import { place, unplace } from './place.ts';
import { setScore } from './scoring.ts';
import { openSegment } from './segments.ts';

/** The contact stays in its queue without the customer, at its place. False when the number is booked already. */
export function planCallback(
  world: World,
  contact: Contact,
  number: string,
  mode: 'agent-first' | 'customer-first',
  dueMs: number,
): boolean {
  if (!canBook(world, contact, number)) return false;
  const other = bookedBy(world, contact, number);
  if (other && other !== contact) {
    leaveQueue(world, other, 'withdrawn', { why: 'replaced' });
    endContact(world, other, 'withdrawn');
  }
  const queue = contact.queue;
  leaveQueue(world, contact, 'callback-taken');
  contact.channel = 'callback';
  contact.class = 'voice';
  contact.enqueuedMs = world.nowMs;
  contact.callback = { number, mode, attempt: 0, dueMs, queue };
  bookCallback(world, contact, contact.callback);
  setScore(world, contact);
  emit(world, { type: 'contact-joined', contactId: contact.id, queueId: queue.id, why: 'callback' });
  openSegment(world, contact, 'queue');
  emit(world, {
    type: 'callback-reserved',
    contactId: contact.id,
    queueId: queue.id,
    number,
    mode,
  });
  joinLine(world, contact);
  place(world, contact);
  return true;
}

/** An attempt came to nothing: the next one is planned, or the callback is given up. The agent must be free of it already. */
export function attemptFailed(world: World, contact: Contact): void {
  const plan = contact.callback!;
  const rules = contact.queue.settings.callback;
  unplace(world, contact);
  if (plan.attempt >= rules.attempts) {
    leaveQueue(world, contact, 'callback-taken', { why: 'attempts-used-up' });
    endContact(world, contact, 'callback-taken');
    return;
  }
  plan.dueMs = world.nowMs + rules.gapMs;
  place(world, contact);
}
