import type { QueueConfiguration } from '../configuration.ts';
import { bookedBy } from '../contacts/booking.ts';
import { isHeld } from '../contacts/place.ts';
import type { EngineSnapshot } from '../engine.ts';
import {
  type Agent,
  CONTACT_TIMERS,
  type Contact,
  type ContactTimer,
  type Offer,
  type Queue,
  type Timer,
  type Work,
} from '../model.ts';
import type { World } from '../world.ts';
import type { SavedAgent, SavedContact, SavedOffer, SavedQueue, SavedTimer, SavedWork, SavedWorld } from './format.ts';

/** Everything that cannot be worked out again, as plain JSON. Taken between events. */
export function snapshotOf(world: World): EngineSnapshot {
  const state: SavedWorld = {
    configuration: world.configuration,
    nowMs: world.nowMs,
    event: world.event,
    random: world.random,
    contactOrder: world.contactOrder,
    offerOrder: world.offerOrder,
    deadlineOrder: world.deadlines.order,
    queues: [...world.queues.values()].map(saveQueue),
    agents: [...world.agents.values()].map(saveAgent),
    contacts: [...world.contacts.values()].map((contact) => saveContact(world, contact)),
    offers: [...world.offers.values()].map(saveOffer),
  };
  return { format: 1, state: JSON.parse(JSON.stringify(state)) as unknown };
}

function saveTimer(timer: Timer | undefined): SavedTimer | undefined {
  return timer && [timer.atMs, timer.order];
}

function saveQueue(queue: Queue): SavedQueue {
  const { blocked: _, ...settings } = queue.settings;
  return {
    configuration: settings satisfies QueueConfiguration,
    retired: queue.retired,
    removedThen: queue.removedThen,
    statistics: queue.statistics,
    reserveOn: queue.reserveOn,
    reserveTimer: saveTimer(queue.reserveTimer),
  };
}

function saveAgent(agent: Agent): SavedAgent {
  return {
    id: agent.id,
    order: agent.order,
    signedIn: agent.signedIn,
    signedInMs: agent.signedInMs,
    status: agent.status,
    reason: agent.reason,
    statusSinceMs: agent.statusSinceMs,
    draining: agent.draining,
    pausedUntilMs: agent.pausedUntilMs,
    skills: agent.skills,
    memberships: agent.memberships,
    groups: agent.groups,
    capacity: agent.capacity,
    weight: agent.weight,
    own: agent.own,
    unanswered: agent.unanswered,
    lastEndMs: agent.lastEndMs,
    lastVoiceEndMs: agent.lastVoiceEndMs,
    lastOffer: agent.lastOffer,
    idleSinceMs: agent.idleSinceMs,
    idleMs: agent.idleMs,
    day: agent.day,
    handledToday: agent.handledToday,
    talkTodayMs: agent.talkTodayMs,
    state: agent.state,
    stateSinceMs: agent.stateSinceMs,
    work: agent.work.map(saveWork),
    records: [...agent.records],
    pauseTimer: saveTimer(agent.pauseTimer),
  };
}

function saveWork(work: Work): SavedWork {
  return {
    contactId: work.contactId,
    queueId: work.queue.id,
    channel: work.channel,
    class: work.class,
    state: work.state,
    sinceMs: work.sinceMs,
    endsMs: work.endsMs,
    mostMs: work.mostMs,
    segmentNumber: work.segmentNumber,
    offerId: work.offerId,
    timer: saveTimer(work.timer),
  };
}

function saveContact(world: World, contact: Contact): SavedContact {
  const plan = contact.callback;
  const timers: Partial<Record<ContactTimer, SavedTimer>> = {};
  for (const kind of CONTACT_TIMERS) {
    const timer = saveTimer(contact.timers?.[kind]);
    if (timer) timers[kind] = timer;
  }
  return {
    id: contact.id,
    order: contact.order,
    channel: contact.channel,
    class: contact.class,
    queueId: contact.queue.id,
    also: contact.also,
    groups: contact.groups,
    priority: contact.priority,
    segment: contact.segment,
    customer: contact.customer,
    asked: contact.asked,
    requirement: contact.requirement,
    preferred: contact.preferred,
    preferredUntilMs: contact.preferredUntilMs,
    firstEnqueuedMs: contact.firstEnqueuedMs,
    enqueuedMs: contact.enqueuedMs,
    startedMs: contact.startedMs,
    step: contact.step,
    stepSinceMs: contact.stepSinceMs,
    raised: contact.raised,
    state: contact.state,
    standing: contact.inNeed ? 'need' : isHeld(world, contact) ? 'held' : 'no',
    inLine: contact.inLine,
    agentId: contact.agent?.id,
    segmentNumber: contact.segmentNumber,
    segmentSinceMs: contact.segmentSinceMs,
    answered: contact.answered,
    fresh: contact.fresh,
    callback: plan && {
      number: plan.number,
      mode: plan.mode,
      attempt: plan.attempt,
      dueMs: plan.dueMs,
      queueId: plan.queue.id,
      booked: bookedBy(world, contact, plan.number) === contact,
    },
    timers,
    announcedMs: contact.announcedMs,
    announcedPosition: contact.announcedPosition,
    announceNextMs: contact.announceNextMs,
    prediction: contact.prediction,
  };
}

function saveOffer(offer: Offer): SavedOffer {
  const { id, origin, madeMs, expiresMs, attended, contact, agent, queue, timer } = offer;
  return {
    id,
    origin,
    madeMs,
    expiresMs,
    attended,
    contactId: contact.id,
    agentId: agent.id,
    queueId: queue.id,
    timer: saveTimer(timer)!,
  };
}
