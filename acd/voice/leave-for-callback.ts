import type { Call } from './call.ts';
import { dropLeg } from './legs.ts';
import type { VoiceRoom } from './room.ts';
import { enterStage } from './stage.ts';

/**
 * The caller is promised a call and lets go, or is let go: the contact stays in its queue without them. Its way out by time is the
 * engine's, which counts attempts. False when no callback was promised.
 */
export function leaveForCallback(room: VoiceRoom, call: Call): boolean {
  if (!call.callback || !room.routing.contact(call.contactId)) return false;
  const legId = call.callerLegId;
  call.callerLegId = undefined;
  call.flowRun += 1;
  call.choices = [];
  dropLeg(room, call, legId);
  enterStage(room, call, 'waiting');
  return true;
}
