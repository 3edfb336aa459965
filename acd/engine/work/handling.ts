import { noteEnd, recordOf, rollDay } from '../agents/records.ts';
import { freeSlot } from '../agents/slots.ts';
import { dropCallback } from '../contacts/booking.ts';
import { leaveQueue } from '../contacts/leave.ts';
import { closeSegment, openSegment } from '../contacts/segments.ts';
import type { EffectOf } from '../effects.ts';
import { noteAnswered, noteHandled } from '../estimates/statistics.ts';
import { refreshReady } from '../matching/readiness.ts';
import type { Agent, Contact, Work } from '../model.ts';
import { emit, type World } from '../world.ts';
import { startWrapUp } from './wrap-up.ts';

export function workOf(agent: Agent, contactId: string, state: Work['state']): Work | undefined {
  return agent.work.find((work) => work.contactId === contactId && work.state === state);
}

/** The contact is answered: it leaves its queue and the agent's segment begins. */
export function startHandling(world: World, contact: Contact, agent: Agent, work: Work): void {
  const waitedMs = world.nowMs - contact.enqueuedMs;
  noteAnswered(world, contact);
  leaveQueue(world, contact, 'answered');
  dropCallback(world, contact);
  contact.answered = true;
  takeOver(world, contact, agent, work);
  emit(world, {
    type: 'assign',
    contactId: contact.id,
    agentId: agent.id,
    queueId: contact.queue.id,
    channel: contact.channel,
    offerId: work.offerId,
    waitedMs,
  });
}

/** The agent's segment begins, in a slot that is theirs already. */
export function takeOver(world: World, contact: Contact, agent: Agent, work: Work): void {
  work.state = 'handling';
  work.sinceMs = world.nowMs;
  work.endsMs = 0;
  agent.unanswered = 0;
  contact.agent = agent;
  contact.state = 'handling';
  contact.queue.handling++;
  openSegment(world, contact, 'agent');
  work.segmentNumber = contact.segmentNumber;
  world.changed.add(agent);
}

/** The agent no longer has the contact; wrap-up follows when the queue has one. What becomes of the contact is the caller's part. */
export function stopHandling(
  world: World,
  contact: Contact,
  why: EffectOf<'assignment-ended'>['why'],
  wrapUp = true,
): void {
  const agent = contact.agent!;
  const work = workOf(agent, contact.id, 'handling')!;
  const handledMs = world.nowMs - work.sinceMs;
  rollDay(world, agent);
  agent.handledToday++;
  agent.talkTodayMs += handledMs;
  const record = recordOf(agent, contact.queue.id);
  record.handledToday++;
  record.talkTodayMs += handledMs;
  noteEnd(world, work);
  contact.queue.handling--;
  closeSegment(
    world,
    contact,
    'agent',
    work.segmentNumber,
    why === 'transferred' || why === 'requeued' ? why : 'handled',
  );
  emit(world, {
    type: 'assignment-ended',
    contactId: contact.id,
    agentId: agent.id,
    queueId: contact.queue.id,
    handledMs,
    why,
  });
  contact.agent = undefined;
  noteHandled(contact.queue, handledMs + (wrapUp ? contact.queue.settings.wrapUpMs[work.class] : 0));
  if (wrapUp && contact.queue.settings.wrapUpMs[work.class] > 0) {
    startWrapUp(world, contact, work);
    refreshReady(world, agent);
  } else {
    freeSlot(world, work);
  }
  world.changed.add(agent);
}
