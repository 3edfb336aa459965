import type { EffectOf, SegmentKind } from '../effects.ts';
import type { Contact } from '../model.ts';
import { emit, type World } from '../world.ts';

/** Begins the next segment of a contact: its stay in a queue or with an agent. */
export function openSegment(world: World, contact: Contact, kind: SegmentKind): void {
  contact.segmentNumber++;
  contact.segmentSinceMs = world.nowMs;
  emit(world, {
    type: 'segment-opened',
    contactId: contact.id,
    segment: contact.segmentNumber,
    kind,
    queueId: contact.queue.id,
    ...(kind === 'agent' && contact.agent ? { agentId: contact.agent.id } : {}),
    channel: contact.channel,
  });
}

/** Ends the running segment. Segments of queue and agent follow one another without a gap. */
export function closeSegment(
  world: World,
  contact: Contact,
  kind: SegmentKind,
  segment: number,
  outcome: EffectOf<'segment-closed'>['outcome'],
): void {
  emit(world, {
    type: 'segment-closed',
    contactId: contact.id,
    segment,
    kind,
    queueId: contact.queue.id,
    ...(kind === 'agent' && contact.agent ? { agentId: contact.agent.id } : {}),
    channel: contact.channel,
    startedMs: contact.segmentSinceMs,
    endedMs: world.nowMs,
    outcome,
  });
}
