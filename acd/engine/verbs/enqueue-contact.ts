import { CLASS_OF_CHANNEL, ENGINE_LIMITS } from '../configuration.ts';
import { enterQueue } from '../contacts/enter.ts';
import type { EventOf } from '../events.ts';
import { type Contact, NONE, type Queue } from '../model.ts';
import { reject, type World } from '../world.ts';

/** A contact asks to wait in a queue. */
export function enqueueContact(world: World, event: EventOf<'contact-enqueued'>) {
  if (world.contacts.has(event.contactId)) return reject(world, event.type, 'duplicate-contact');
  const queue = world.queues.get(event.queueId);
  if (!queue || queue.retired) return reject(world, event.type, 'unknown-queue');
  if (event.alsoQueues?.some((id) => !world.queues.has(id))) return reject(world, event.type, 'unknown-queue');
  if (world.contacts.size >= ENGINE_LIMITS.contacts) return reject(world, event.type, 'too-many');
  const contact = newContact(world, event, queue);
  world.contacts.set(contact.id, contact);
  enterQueue(world, contact, queue, 'new');
}

function newContact(world: World, event: EventOf<'contact-enqueued'>, queue: Queue): Contact {
  const nowMs = world.nowMs;
  return {
    id: event.contactId,
    order: ++world.contactOrder,
    channel: event.channel,
    class: CLASS_OF_CHANNEL[event.channel],
    queue,
    also: event.alsoQueues ?? NONE,
    groups: NONE,
    priority: event.priority ?? 0,
    segment: event.segment,
    customer: event.customer,
    asked: event.requirement,
    requirement: event.requirement,
    preferred: event.preferred && {
      agentIds: event.preferred.agentIds,
      ignoreSkills: event.preferred.ignoreSkills ?? false,
      origin: 'preferred',
    },
    preferredUntilMs: event.preferred ? nowMs + event.preferred.waitMs : 0,
    firstEnqueuedMs: Math.min(event.firstEnqueuedMs ?? nowMs, nowMs),
    enqueuedMs: nowMs,
    startedMs: nowMs,
    step: 0,
    stepSinceMs: nowMs,
    raised: 0,
    state: 'waiting',
    base: 0,
    gain: 0,
    cap: -1,
    key: 0,
    need: undefined,
    inNeed: false,
    inLine: false,
    offers: NONE,
    agent: undefined,
    segmentNumber: 0,
    segmentSinceMs: nowMs,
    answered: false,
    hopEvent: 0,
    hops: 0,
    fresh: true,
    callback: undefined,
    timers: undefined,
    announcedMs: 0,
    announcedPosition: 0,
    announceNextMs: 0,
    prediction: undefined,
  };
}
