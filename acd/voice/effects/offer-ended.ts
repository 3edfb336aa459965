import type { EffectOf } from '../../engine/index.ts';
import { dropLeg } from '../legs.ts';
import type { VoiceRoom } from '../room.ts';
import { dropHeldOffer } from './hold-offer.ts';
import { forgetOffer } from './offer.ts';

/** The offer is over: the phone stops ringing. */
export function onOfferEnded(room: VoiceRoom, effect: EffectOf<'offer-ended'>): void {
  dropHeldOffer(room, effect.offerId);
  const call = room.calls.get(effect.contactId);
  // Also when it never rang: then there is no offer of ours, but perhaps a claim.
  if (call?.takenOverBy === effect.agentId) call.takenOverBy = undefined;
  const offer = call?.offers.get(effect.offerId);
  if (!call || !offer) return;
  const { legId } = offer;
  forgetOffer(room, call, offer);
  dropLeg(room, call, legId, effect.end === 'timed-out' ? 'no-answer' : 'cancelled');
  room.records.event(call.contactId, {
    atMs: effect.atMs,
    kind: 'offer-ended',
    data: { agentId: effect.agentId, end: effect.end },
  });
}
