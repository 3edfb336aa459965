import { noteEnd } from '../agents/records.ts';
import { freeSlot } from '../agents/slots.ts';
import type { EffectOf } from '../effects.ts';
import type { Contact, Work } from '../model.ts';
import { emit, startTimer, stopTimer, type World } from '../world.ts';

/** After-contact work begins in the slot of the contact. It ends by time at the latest. */
export function startWrapUp(world: World, contact: Contact, work: Work): void {
  const settings = work.queue.settings;
  work.state = 'wrap-up';
  work.sinceMs = world.nowMs;
  work.mostMs = world.nowMs + Math.max(settings.wrapUpMostMs, settings.wrapUpMs[work.class]);
  work.segmentNumber = ++contact.segmentNumber;
  setEnd(world, work, world.nowMs + settings.wrapUpMs[work.class]);
  emit(world, {
    type: 'segment-opened',
    contactId: work.contactId,
    segment: work.segmentNumber,
    kind: 'wrap-up',
    queueId: work.queue.id,
    agentId: work.agent.id,
    channel: work.channel,
  });
  emit(world, {
    type: 'wrap-up-started',
    contactId: work.contactId,
    agentId: work.agent.id,
    queueId: work.queue.id,
    endsMs: work.endsMs,
  });
}

function setEnd(world: World, work: Work, endsMs: number): void {
  stopTimer(world, work.timer);
  work.endsMs = endsMs;
  work.timer = startTimer(world, endsMs, { kind: 'wrap-up', of: work });
}

/** Later end, within the most that the queue allows. */
export function extendWrapUp(world: World, work: Work, byMs: number): void {
  setEnd(world, work, Math.min(work.mostMs, work.endsMs + byMs));
  emit(world, { type: 'wrap-up-changed', contactId: work.contactId, agentId: work.agent.id, endsMs: work.endsMs });
  world.changed.add(work.agent);
}

/** After-contact work is over and the slot is free. */
export function endWrapUp(world: World, work: Work, why: EffectOf<'wrap-up-ended'>['why']): void {
  const wrapUpMs = world.nowMs - work.sinceMs;
  emit(world, {
    type: 'segment-closed',
    contactId: work.contactId,
    segment: work.segmentNumber,
    kind: 'wrap-up',
    queueId: work.queue.id,
    agentId: work.agent.id,
    channel: work.channel,
    startedMs: work.sinceMs,
    endedMs: world.nowMs,
    outcome: 'done',
  });
  emit(world, {
    type: 'wrap-up-ended',
    contactId: work.contactId,
    agentId: work.agent.id,
    queueId: work.queue.id,
    wrapUpMs,
    why,
  });
  noteEnd(world, work);
  freeSlot(world, work);
}
