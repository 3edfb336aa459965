import { armTimer } from '../contacts/timers.ts';
import type { Contact } from '../model.ts';
import { emit, type World } from '../world.ts';
import { allEstimates, estimateOf, inputFor } from './estimate.ts';

/** A contact that must wait: what is predicted is kept to be compared with what happens, and the customer is told for the first time. */
export function firstWords(world: World, contact: Contact): void {
  const waits = allEstimates(inputFor(contact, world.nowMs));
  if (Object.keys(waits).length > 0) {
    contact.prediction = { atMs: world.nowMs, waits };
    emit(world, { type: 'prediction', contactId: contact.id, queueId: contact.queue.id, waits });
  }
  if (contact.callback) return;
  announce(world, contact);
}

/** Tells position and wait, the first time and then only what fell; and plans the next time. */
export function announce(world: World, contact: Contact): void {
  const settings = contact.queue.settings.announce;
  if (!settings) return;
  contact.announceNextMs = world.nowMs + settings.everyMs;
  armTimer(world, contact, 'announce', contact.announceNextMs);
  const position = contact.queue.line.countBefore(contact, world.nowMs) + 1;
  const estimate = estimateOf(contact, world.nowMs);
  const toMs = estimate.known ? estimate.rangeMs.to : 0;
  const waitFell = toMs > 0 && (contact.announcedMs === 0 || toMs < contact.announcedMs);
  const positionFell = contact.announcedPosition === 0 || position < contact.announcedPosition;
  if (!waitFell && !positionFell) return;
  const wait = estimate.known && (waitFell || toMs === contact.announcedMs) ? estimate.rangeMs : undefined;
  if (wait) contact.announcedMs = toMs;
  if (positionFell) contact.announcedPosition = position;
  emit(world, {
    type: 'announce',
    contactId: contact.id,
    queueId: contact.queue.id,
    position: contact.announcedPosition,
    ...(wait ? { wait: { fromMs: wait.from, toMs: wait.to } } : {}),
  });
}
