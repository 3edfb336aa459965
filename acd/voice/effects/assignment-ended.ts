import type { EffectOf } from '../../engine/index.ts';
import { endCall } from '../end-call.ts';
import { dropLeg } from '../legs.ts';
import { stopRecording } from '../recording.ts';
import type { VoiceRoom } from '../room.ts';
import { touch } from '../stage.ts';
import { dropConsult } from '../verbs/consult.ts';

/** The agent no longer has the contact. What we caused ourselves is done already; the rest (forced, transferred, moved) is done here. */
export function onAssignmentEnded(room: VoiceRoom, effect: EffectOf<'assignment-ended'>): void {
  const call = room.calls.get(effect.contactId);
  if (!call?.agent || call.agent.agentId !== effect.agentId || call.stage === 'over') return;
  if (effect.why === 'ended' || effect.why === 'abandoned') {
    endCall(room, call, { outcome: 'answered', cause: `assignment-${effect.why}` });
    return;
  }
  if (effect.why === 'forced' && room.routing.contact(effect.contactId) === undefined) {
    endCall(room, call, { outcome: 'answered', cause: 'assignment-forced' });
    return;
  }
  void stopRecording(room, call);
  dropConsult(room, call);
  dropLeg(room, call, call.agent.legId);
  call.agent = undefined;
  touch(room, call, [effect.agentId]);
}
