import type { EffectOf } from '../../engine/index.ts';
import { closeIfDone } from '../close-call.ts';
import { endCall } from '../end-call.ts';
import type { VoiceRoom } from '../room.ts';

/** Routing is done with the contact. The caller may still be in a menu or leaving a message. */
export function onContactEnded(room: VoiceRoom, effect: EffectOf<'contact-ended'>): void {
  const call = room.calls.get(effect.contactId);
  if (!call) return;
  if (call.stage === 'over') {
    // Wrap-up of the same decision is told right after this: look again once it has been.
    room.clock.after(0, () => closeIfDone(room, call, false));
    return;
  }
  call.routedOutcome = effect.outcome;
  if (call.callerLegId !== undefined || !call.callback) return;
  call.callback = undefined;
  endCall(room, call, { outcome: effect.outcome, cause: 'callback-over' });
}
