import { CLASS_OF_CHANNEL, ENGINE_LIMITS } from '../configuration.ts';
import type { JoinReason, Outcome } from '../effects.ts';
import { type Contact, NONE, type Queue } from '../model.ts';
import { emit, type World } from '../world.ts';
import { bookCallback } from './booking.ts';
import { endContact, leaveQueue } from './leave.ts';
import { entryLimit, type LimitReached } from './limits.ts';
import { joinLine } from './line.ts';
import { place } from './place.ts';
import { planCallback } from './plan-callback.ts';
import { setScore } from './scoring.ts';
import { openSegment } from './segments.ts';

/** Reasons for which a queue's entry limits are asked: whoever was in already, or was put here by a person, is not refused. */
const ASKS_LIMITS: Readonly<Record<JoinReason, boolean>> = {
  new: true,
  overflow: true,
  transfer: true,
  moved: false,
  requeued: false,
  callback: false,
};

/** A contact comes into a queue. A limit at the entry may send it on at once. */
export function enterQueue(world: World, contact: Contact, queue: Queue, why: JoinReason): void {
  contact.queue = queue;
  contact.class = CLASS_OF_CHANNEL[contact.channel];
  contact.enqueuedMs = world.nowMs;
  contact.step = 0;
  contact.stepSinceMs = world.nowMs;
  contact.raised = 0;
  contact.requirement = contact.asked;
  if (why !== 'new') {
    contact.also = NONE;
    contact.groups = NONE;
  }
  contact.announcedMs = 0;
  contact.announcedPosition = 0;
  contact.announceNextMs = 0;
  contact.fresh = true;
  if (contact.callback) bookCallback(world, contact, contact.callback);
  setScore(world, contact);
  emit(world, { type: 'contact-joined', contactId: contact.id, queueId: queue.id, why });
  openSegment(world, contact, 'queue');
  const limit = queue.retired
    ? { when: 'queue-removed', then: queue.removedThen }
    : ASKS_LIMITS[why]
      ? entryLimit(world, queue, contact)
      : undefined;
  if (limit) {
    applyLimit(world, contact, limit);
    return;
  }
  joinLine(world, contact);
  place(world, contact);
}

function codeOf(reached: LimitReached): Outcome {
  const to = reached.then.to;
  if (to === 'voicemail') return 'voicemail';
  if (to === 'callback') return 'callback-taken';
  if (to === 'message' || to === 'hang-up') {
    if (reached.when === 'closed') return 'closed';
    if (reached.when === 'blocked') return 'blocked';
    if (reached.when === 'waited') return 'timed-out';
  }
  return 'overflowed';
}

/** Carries out what a limit says about a contact that stands in a queue (or has just been refused by one). */
export function applyLimit(world: World, contact: Contact, reached: LimitReached): void {
  const then = reached.then;
  if (contact.hopEvent !== world.event) {
    contact.hopEvent = world.event;
    contact.hops = 0;
  }
  if (then.to === 'queue') {
    const queue = world.queues.get(then.queueId);
    if (queue && !queue.retired && ++contact.hops <= ENGINE_LIMITS.overflowHops) {
      leaveQueue(world, contact, 'overflowed', { to: then, why: reached.when });
      enterQueue(world, contact, queue, 'overflow');
      return;
    }
    leaveQueue(world, contact, 'overflowed', { to: { to: 'message' }, why: 'no-way-on' });
    endContact(world, contact, 'overflowed');
    return;
  }
  if (then.to === 'callback' && contact.customer !== undefined && !contact.callback) {
    if (planCallback(world, contact, contact.customer, 'agent-first', 0)) return;
  }
  const outcome = codeOf(reached);
  leaveQueue(world, contact, outcome, { to: then, why: reached.when });
  endContact(world, contact, outcome);
}
