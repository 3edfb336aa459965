import type { LimitOutcome } from '../configuration.ts';
import type { Outcome } from '../effects.ts';
import type { Contact } from '../model.ts';
import { releaseNeed } from '../needs/need-index.ts';
import { emit, type World } from '../world.ts';
import { dropCallback } from './booking.ts';
import { leaveLine } from './line.ts';
import { unplace } from './place.ts';
import { closeSegment } from './segments.ts';

/** A contact leaves its queue with one outcome. Its offers must have ended before. */
export function leaveQueue(
  world: World,
  contact: Contact,
  outcome: Outcome,
  more: { readonly to?: LimitOutcome; readonly why?: string } = {},
): void {
  unplace(world, contact);
  leaveLine(world, contact);
  if (contact.state === 'offered') contact.queue.offered--;
  contact.state = 'waiting';
  contact.prediction = undefined;
  contact.preferred = undefined;
  if (contact.need) {
    releaseNeed(world, contact.need);
    contact.need = undefined;
  }
  closeSegment(world, contact, 'queue', contact.segmentNumber, outcome);
  emit(world, {
    type: 'contact-left',
    contactId: contact.id,
    queueId: contact.queue.id,
    outcome,
    waitedMs: world.nowMs - contact.enqueuedMs,
    ...(more.to ? { to: more.to } : {}),
    ...(more.why === undefined ? {} : { why: more.why }),
  });
}

/** The contact is over. Called once, after it has left queue and agent. */
export function endContact(world: World, contact: Contact, outcome: Outcome): void {
  dropCallback(world, contact);
  world.contacts.delete(contact.id);
  emit(world, {
    type: 'contact-ended',
    contactId: contact.id,
    outcome,
    answered: contact.answered,
    spanMs: world.nowMs - contact.startedMs,
  });
}
