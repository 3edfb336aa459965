import type { CallControl } from '../../../switch/index.ts';
import type { Call } from '../call.ts';
import type { VoiceRoom } from '../room.ts';
import { tellRouting } from '../tell-routing.ts';

/** How long before its end a held offer is taken back, ms: the engine blames the agent for one that runs out. */
const TAKE_BACK_MS = 2_000;

/**
 * Keeps an offer that can't be rung now, because the switch of its caller is away. Taken back at once it would be made again at once, for as
 * long as the switch is away. So it stands until just before it runs out, which costs one event an offer time and blames nobody, or until
 * the switch is back: then it is taken back, and made anew with its whole ring time.
 */
export function holdOffer(
  room: VoiceRoom,
  call: Call,
  offer: { readonly offerId: string; readonly expiresAtMs: number },
): void {
  const { offerId } = offer;
  if (room.heldOffers.has(offerId)) return;
  const leftMs = Math.max(0, offer.expiresAtMs - room.clock.now());
  const timer = room.clock.after(Math.max(leftMs / 2, leftMs - TAKE_BACK_MS), () => takeBack(room, call, offerId));
  room.heldOffers.set(offerId, { call, timer });
  room.log.info({ contactId: call.contactId, offerId }, 'offer is held: its switch is away');
}

function takeBack(room: VoiceRoom, call: Call, offerId: string): void {
  dropHeldOffer(room, offerId);
  void tellRouting(room, call, { type: 'offer-withdrawn', offerId });
}

/** The offer is over. */
export function dropHeldOffer(room: VoiceRoom, offerId: string): void {
  room.heldOffers.get(offerId)?.timer.cancel();
  room.heldOffers.delete(offerId);
}

/** The switch is back. */
export function releaseHeldOffers(room: VoiceRoom, control: CallControl): void {
  for (const [offerId, { call }] of room.heldOffers) if (call.control === control) takeBack(room, call, offerId);
}
