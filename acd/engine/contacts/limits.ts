import type { EntryLimit, LimitOutcome, WaitingLimit } from '../configuration.ts';
import { estimateOf, estimateToJoin } from '../estimates/estimate.ts';
import { isOpen } from '../hours/local-time.ts';
import type { Contact, Queue } from '../model.ts';
import type { World } from '../world.ts';

export interface LimitReached {
  readonly when: string;
  readonly then: LimitOutcome;
}

export function isQueueOpen(world: World, queue: Queue, atMs: number): boolean {
  const calendar = queue.settings.calendarId === undefined ? undefined : world.calendars.get(queue.settings.calendarId);
  return calendar === undefined || isOpen(calendar, atMs);
}

/** The first entry limit that keeps the contact out of the queue. The contact does not stand in it yet. */
export function entryLimit(world: World, queue: Queue, contact: Contact): LimitReached | undefined {
  return queue.settings.entryLimits.find((limit) => keepsOut(world, queue, contact, limit));
}

function keepsOut(world: World, queue: Queue, contact: Contact, limit: EntryLimit): boolean {
  switch (limit.when) {
    case 'size':
      return queue.line.size >= limit.atLeast;
    case 'estimated-wait': {
      const estimate = estimateToJoin(queue, world.nowMs);
      return estimate.known && estimate.waitMs > limit.aboveMs;
    }
    case 'nobody-signed-in':
      return queue.live === 0;
    case 'closed':
      return !isQueueOpen(world, queue, world.nowMs);
    case 'blocked':
      return contact.customer !== undefined && queue.settings.blocked.has(contact.customer);
  }
}

/** The first waiting limit that the contact has reached by now. */
export function waitingLimit(world: World, contact: Contact): WaitingLimit | undefined {
  return contact.queue.settings.waitingLimits.find((limit) => isReached(world, contact, limit));
}

function isReached(world: World, contact: Contact, limit: WaitingLimit): boolean {
  switch (limit.when) {
    case 'waited':
      return world.nowMs - contact.enqueuedMs >= limit.ms;
    case 'estimated-wait': {
      const estimate = estimateOf(contact, world.nowMs);
      return estimate.known && estimate.waitMs > limit.aboveMs;
    }
    case 'nobody-left':
      return contact.need?.live === 0 && contact.inNeed;
  }
}
