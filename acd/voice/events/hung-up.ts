import type { CallControl, CallEvent, HangupCause } from '../../../switch/index.ts';
import { onAgentLost } from '../agent-lost.ts';
import { backToQueue } from '../back-to-queue.ts';
import type { Call } from '../call.ts';
import { forgetOffer } from '../effects/offer.ts';
import { endCall } from '../end-call.ts';
import { leaveForCallback } from '../leave-for-callback.ts';
import { outsideEnded } from '../outside.ts';
import { callOfLeg, type VoiceRoom } from '../room.ts';
import { touch } from '../stage.ts';
import { tellRouting } from '../tell-routing.ts';
import { consultEnded } from '../verbs/consult.ts';

/** An agent's leg that ended for one of these was hung up by a person; for any other its phone died. */
const BY_A_PERSON: ReadonlySet<HangupCause> = new Set(['normal', 'rejected', 'busy', 'cancelled']);

/** A leg has ended. */
export function onHungUp(room: VoiceRoom, _control: CallControl, event: Extract<CallEvent, { kind: 'hung-up' }>): void {
  const found = callOfLeg(room, event.legId);
  room.legs.delete(event.legId);
  room.leaving.delete(event.legId);
  room.finishing.delete(event.legId);
  if (!found) return;
  legEnded(room, found.call, found.part, event.legId, event.cause);
}

/** What the end of a leg means for its call. */
export function legEnded(room: VoiceRoom, call: Call, part: string, legId: string, cause: HangupCause): void {
  switch (part) {
    case 'caller':
      if (call.callerLegId === legId) callerLeft(room, call, cause);
      return;
    case 'agent':
      if (call.agent?.legId === legId) agentLegEnded(room, call, cause);
      return;
    case 'offer':
      offerLegEnded(room, call, legId);
      return;
    case 'outside':
      if (call.outsideLegId === legId) outsideEnded(room, call);
      return;
    case 'consult':
      if (call.consult?.legId === legId) consultEnded(room, call);
      return;
    case 'supervisor':
      for (const [user, one] of call.supervisors) if (one.legId === legId) call.supervisors.delete(user);
      touch(room, call);
  }
}

function callerLeft(room: VoiceRoom, call: Call, cause: HangupCause): void {
  call.callerLegId = undefined;
  if (leaveForCallback(room, call)) return;
  endCall(room, call, { outcome: 'abandoned', cause: cause === 'normal' ? 'caller-hung-up' : `caller-${cause}` });
}

function agentLegEnded(room: VoiceRoom, call: Call, cause: HangupCause): void {
  const { agent } = call;
  if (!agent) return;
  if (call.stage === 'connecting') {
    backToQueue(room, call, agent.agentId, 'phone-died');
    return;
  }
  if (agent.reattaching) return;
  if (BY_A_PERSON.has(cause)) endCall(room, call, { outcome: 'answered', cause: 'agent-hung-up' });
  else onAgentLost(room, call, agent, cause);
}

/** An unanswered one is told by the attempt to ring it; an answered one dies here before it could be joined. */
function offerLegEnded(room: VoiceRoom, call: Call, legId: string): void {
  const offer = [...call.offers.values()].find((one) => one.legId === legId);
  if (!offer?.answered) return;
  forgetOffer(room, call, offer);
  void tellRouting(room, call, { type: 'offer-failed', offerId: offer.offerId, why: 'failed' });
}
