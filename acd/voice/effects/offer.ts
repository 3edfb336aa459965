import { isCoded } from '../../../config/errors.ts';
import type { OriginateOutcome } from '../../../switch/index.ts';
import type { EffectOf, EngineEvent } from '../../engine/index.ts';
import type { Call, OfferPart } from '../call.ts';
import { dropLeg, knowLeg, ROLE_OF_PART } from '../legs.ts';
import type { VoiceRoom } from '../room.ts';
import { isAsked, touch } from '../stage.ts';
import { rejectionOf, tellRouting } from '../tell-routing.ts';
import { holdOffer } from './hold-offer.ts';

/** SIP header by which the agent's page knows which contact its phone rings for. */
export const CONTACT_HEADER = 'X-Tandem-Contact';
/** SIP header by which the page knows that a ringing call is its own one coming back: it answers at once. */
export const REATTACH_HEADER = 'X-Tandem-Reattach';

/** The engine ends an offer by itself; the phone rings this much longer at most, ms. */
const RING_MARGIN_MS = 2_000;

/** Rings the agent's phone. What becomes of it is told to the engine; this returns as soon as it rings. */
export function onOffer(room: VoiceRoom, effect: EffectOf<'offer'>): void {
  if (effect.channel !== 'voice' && effect.channel !== 'callback') return;
  const call = room.calls.get(effect.contactId);
  const agent = room.directory.agent(effect.agentId);
  if (!call || call.stage === 'over') {
    room.log.warn(
      { contactId: effect.contactId, offerId: effect.offerId },
      'offer for a call that is not there, taken back',
    );
    void room.routing.submit({ type: 'offer-withdrawn', offerId: effect.offerId }).catch(() => undefined);
    return;
  }
  if (call.offers.has(effect.offerId)) return;
  // A call of the last run is looked at as a whole when its switch has been asked what is there.
  if (room.unresumed.has(call.contactId)) {
    holdOffer(room, call, { offerId: effect.offerId, expiresAtMs: effect.expiresMs });
    return;
  }
  const consulted = consultedLeg(call, effect.agentId);
  const offer: OfferPart = {
    offerId: effect.offerId,
    agentId: effect.agentId,
    queueId: effect.queueId,
    legId: consulted ?? room.newId(),
    offeredAtMs: room.clock.now(),
    expiresAtMs: effect.expiresMs,
    answered: consulted !== undefined,
  };
  if (!agent) {
    void tellRouting(room, call, { type: 'offer-failed', offerId: offer.offerId, why: 'failed' });
    return;
  }
  if (!offer.answered && [...room.calls.values()].some((one) => isAsked(one, effect.agentId))) {
    // Routing does not know of questions among agents; whoever is asked one is on the phone.
    void tellRouting(room, call, { type: 'offer-failed', offerId: offer.offerId, why: 'busy' });
    return;
  }
  if (!offer.answered && !room.links.isUp(call.control)) {
    holdOffer(room, call, offer);
    return;
  }
  call.offers.set(offer.offerId, offer);
  if (offer.answered) {
    touch(room, call);
    void accept(room, call, offer);
    return;
  }
  knowLeg(room, call, offer.legId, 'offer');
  room.records.phase(call.contactId, 'ring', offer.offeredAtMs);
  touch(room, call);
  void ringAgent(room, call, offer, agent.phoneUser);
}

/** The completed consultation's own leg: its agent is on the line already and need not be rung. */
function consultedLeg(call: Call, agentId: string): string | undefined {
  const { consult } = call;
  if (consult?.target.kind !== 'agent' || consult.target.agentId !== agentId || consult.state === 'ringing')
    return undefined;
  call.consult = undefined;
  return consult.legId;
}

async function ringAgent(room: VoiceRoom, call: Call, offer: OfferPart, phoneUser: string): Promise<void> {
  const outcome = await tryToRing(room, call, offer, phoneUser);
  if (call.offers.get(offer.offerId) !== offer) {
    if (outcome.kind === 'answered') dropLeg(room, call, offer.legId, 'cancelled');
    return;
  }
  if (outcome.kind === 'answered') {
    await accept(room, call, offer);
    return;
  }
  forgetOffer(room, call, offer);
  if (outcome.kind === 'link-lost') {
    holdOffer(room, call, offer);
    return;
  }
  room.log.info({ contactId: call.contactId, agentId: offer.agentId, outcome: outcome.kind }, 'offer came to nothing');
  void tellRouting(room, call, eventOf(offer, outcome));
}

async function tryToRing(
  room: VoiceRoom,
  call: Call,
  offer: OfferPart,
  phoneUser: string,
): Promise<OriginateOutcome | { readonly kind: 'link-lost' }> {
  const leftMs = offer.expiresAtMs - room.clock.now();
  try {
    return await call.control.originate({
      legId: offer.legId,
      target: { kind: 'phone', user: phoneUser },
      ringTimeoutMs: Math.min(120_000, Math.max(1_000, leftMs + RING_MARGIN_MS)),
      callerNumber: call.callerNumber || room.settings.ownNumber,
      contactId: call.contactId,
      role: ROLE_OF_PART.offer,
      headers: { [CONTACT_HEADER]: call.contactId },
    });
  } catch (error) {
    room.log.warn({ contactId: call.contactId, agentId: offer.agentId, err: error }, 'agent’s phone could not be rung');
    dropLeg(room, call, offer.legId, 'cancelled');
    return isCoded(error, 'switch.link-lost') ? { kind: 'link-lost' } : { kind: 'failed', rawCause: 'deadline' };
  }
}

/** The phone answered: that accepts the offer. Joining them is the work of the assignment that follows. */
async function accept(room: VoiceRoom, call: Call, offer: OfferPart): Promise<void> {
  offer.answered = true;
  touch(room, call);
  const effects = await tellRouting(room, call, { type: 'offer-accepted', offerId: offer.offerId });
  const rejection = rejectionOf(effects);
  if (rejection === undefined) return;
  // Somebody else was faster, or the offer ran out in this very moment.
  room.log.info({ contactId: call.contactId, agentId: offer.agentId, rejection }, 'answered too late');
  forgetOffer(room, call, offer);
  dropLeg(room, call, offer.legId, 'cancelled');
}

export function forgetOffer(room: VoiceRoom, call: Call, offer: OfferPart): void {
  call.offers.delete(offer.offerId);
  room.legs.delete(offer.legId);
  if (call.offers.size === 0 && call.stage === 'waiting') room.records.phase(call.contactId, 'wait', room.clock.now());
  touch(room, call, [offer.agentId]);
}

function eventOf(offer: OfferPart, outcome: Exclude<OriginateOutcome, { kind: 'answered' }>): EngineEvent {
  const { offerId } = offer;
  switch (outcome.kind) {
    case 'rejected':
      return { type: 'offer-declined', offerId };
    case 'cancelled':
      return { type: 'offer-withdrawn', offerId };
    default:
      return { type: 'offer-failed', offerId, why: outcome.kind };
  }
}
