import { recordOf } from '../agents/records.ts';
import { freeSlot, takeSlot } from '../agents/slots.ts';
import { place, unplace } from '../contacts/place.ts';
import type { OfferEnd, OfferOrigin } from '../effects.ts';
import { refreshReady } from '../matching/readiness.ts';
import { type Agent, type Contact, NONE, type Offer } from '../model.ts';
import { emit, startTimer, stopTimer, type World } from '../world.ts';

/** Leases a slot of the agent for this contact. */
export function makeOffer(world: World, contact: Contact, agent: Agent, origin: OfferOrigin, attended = false): void {
  const queue = contact.queue;
  if (!attended && contact.offers.length === 0) {
    unplace(world, contact);
    contact.state = 'offered';
    queue.offered++;
  }
  const id = `o${++world.offerOrder}`;
  agent.lastOffer = world.offerOrder;
  recordOf(agent, queue.id).lastOffer = world.offerOrder;
  const work = takeSlot(world, agent, contact, queue, id);
  const expiresMs = world.nowMs + queue.settings.offerTimeoutMs[work.class];
  work.endsMs = expiresMs;
  const offer: Offer = {
    id,
    contact,
    agent,
    queue,
    origin,
    madeMs: world.nowMs,
    expiresMs,
    attended,
    work,
    timer: undefined,
  };
  offer.timer = startTimer(world, expiresMs, { kind: 'offer', of: offer });
  contact.offers = [...contact.offers, offer];
  world.offers.set(id, offer);
  emit(world, {
    type: 'offer',
    offerId: id,
    contactId: contact.id,
    agentId: agent.id,
    queueId: queue.id,
    channel: contact.channel,
    origin,
    expiresMs,
    ...(contact.callback ? { callback: true } : {}),
    ...(attended ? { attended: true } : {}),
  });
}

/** Takes an offer out of the books without giving its slot back. */
export function closeOffer(world: World, offer: Offer): void {
  offer.timer = stopTimer(world, offer.timer);
  world.offers.delete(offer.id);
  const left = offer.contact.offers.filter((other) => other !== offer);
  offer.contact.offers = left.length === 0 ? NONE : left;
}

/** The offer comes to nothing. The agent may be left alone for a while; what becomes of the contact is the caller's part. */
export function endOffer(world: World, offer: Offer, end: OfferEnd, why?: string): void {
  const agent = offer.agent;
  closeOffer(world, offer);
  const pauseMs = pauseAfter(world, end);
  if (end === 'no-answer' || end === 'timed-out') {
    agent.unanswered++;
    const most = world.refusalDelays.noAnswerLimit;
    if (most > 0 && agent.unanswered >= most && agent.status === 'available') {
      agent.status = 'break';
      agent.reason = 'no-answer';
      agent.statusSinceMs = world.nowMs;
      agent.unanswered = 0;
    }
  }
  if (pauseMs > 0) pause(world, agent, world.nowMs + pauseMs);
  emit(world, {
    type: 'offer-ended',
    offerId: offer.id,
    contactId: offer.contact.id,
    agentId: agent.id,
    queueId: offer.queue.id,
    end,
    ...(why === undefined ? {} : { why }),
    ...(pauseMs > 0 ? { nextMs: world.nowMs + pauseMs } : {}),
  });
  freeSlot(world, offer.work);
  if (offer.attended && offer.contact.agent) {
    emit(world, {
      type: 'transfer-failed',
      contactId: offer.contact.id,
      agentId: offer.contact.agent.id,
      toAgentId: agent.id,
      why: end,
    });
  }
}

/** Ends an offer; the contact, when nobody is asked any more, goes back to its place. */
export function refuseOffer(world: World, offer: Offer, end: OfferEnd, why?: string): void {
  endOffer(world, offer, end, why);
  const contact = offer.contact;
  if (contact.state !== 'offered' || contact.offers.length > 0) return;
  contact.queue.offered--;
  place(world, contact);
}

/** Ends every offer of a contact that is no longer to be had; the agents are not blamed. */
export function withdrawOffers(world: World, contact: Contact, why: string): void {
  for (const offer of contact.offers) endOffer(world, offer, 'withdrawn', why);
}

function pauseAfter(world: World, end: OfferEnd): number {
  const delays = world.refusalDelays;
  switch (end) {
    case 'timed-out':
    case 'no-answer':
      return delays.noAnswerMs;
    case 'busy':
      return delays.busyMs;
    case 'declined':
      return delays.declinedMs;
    case 'unregistered':
    case 'failed':
      return delays.failedMs;
    case 'withdrawn':
      return 0;
  }
}

function pause(world: World, agent: Agent, untilMs: number): void {
  if (!agent.signedIn || (agent.pauseTimer && agent.pausedUntilMs >= untilMs)) return;
  stopTimer(world, agent.pauseTimer);
  agent.pausedUntilMs = untilMs;
  agent.pauseTimer = startTimer(world, untilMs, { kind: 'resume', of: agent });
  refreshReady(world, agent);
}
