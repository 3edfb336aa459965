import { dialCustomer } from '../contacts/dial.ts';
import { unplace } from '../contacts/place.ts';
import type { EventOf } from '../events.ts';
import type { Offer } from '../model.ts';
import { startHandling, stopHandling, takeOver } from '../work/handling.ts';
import { closeOffer, refuseOffer, withdrawOffers } from '../work/offer.ts';
import { emit, reject, type World } from '../world.ts';

function findOffer(world: World, event: { readonly type: string; readonly offerId: string }): Offer | undefined {
  const offer = world.offers.get(event.offerId);
  if (offer) return offer;
  const number = /^o(\d+)$/.exec(event.offerId);
  const past = number !== null && Number(number[1]) <= world.offerOrder && Number(number[1]) > 0;
  reject(world, event.type, past ? 'stale-offer' : 'unknown-offer');
  return undefined;
}

/** The agent takes it. All other offers of the contact are withdrawn. Too late is judged by time, also when the tick is late too. */
export function acceptOffer(world: World, event: EventOf<'offer-accepted'>) {
  const offer = findOffer(world, event);
  if (!offer) return;
  if (offer.expiresMs <= world.nowMs) return reject(world, event.type, 'stale-offer');
  const { contact, agent, work } = offer;
  closeOffer(world, offer);
  withdrawOffers(world, contact, 'taken');
  unplace(world, contact);
  if (offer.attended) {
    stopHandling(world, contact, 'transferred');
    takeOver(world, contact, agent, work);
    emit(world, {
      type: 'assign',
      contactId: contact.id,
      agentId: agent.id,
      queueId: contact.queue.id,
      channel: contact.channel,
      offerId: offer.id,
      waitedMs: 0,
    });
  } else if (contact.callback) {
    contact.queue.offered--;
    work.state = 'handling';
    work.sinceMs = world.nowMs;
    work.endsMs = 0;
    agent.unanswered = 0;
    contact.agent = agent;
    world.changed.add(agent);
    dialCustomer(world, contact);
  } else {
    startHandling(world, contact, agent, work);
  }
}

export function declineOffer(world: World, event: EventOf<'offer-declined'>): void {
  const offer = findOffer(world, event);
  if (offer) refuseOffer(world, offer, 'declined');
}

export function failOffer(world: World, event: EventOf<'offer-failed'>): void {
  const offer = findOffer(world, event);
  if (offer) refuseOffer(world, offer, event.why);
}

/** Our side could not carry the offer out; the contact goes back to its place. */
export function withdrawOffer(world: World, event: EventOf<'offer-withdrawn'>): void {
  const offer = findOffer(world, event);
  if (offer) refuseOffer(world, offer, 'withdrawn', 'by-host');
}
