import type { CallControl } from '../../switch/index.ts';
import { endCall } from './end-call.ts';
import { resumeCall } from './recover.ts';
import type { VoiceRoom } from './room.ts';

/**
 * A switch has been away for so long that it counts as dead: its contacts end and their agents are freed. Those who wait for a callback need
 * no switch until it is their turn.
 */
export function forsakeCalls(room: VoiceRoom, control: CallControl): void {
  room.log.error(
    { node: control.node, afterMs: room.settings.linkGiveUpMs },
    'the switch stays away, its calls are ended',
  );
  for (const call of [...room.calls.values()]) {
    if (call.control !== control) continue;
    const isUnresumed = room.unresumed.delete(call.contactId);
    if (call.stage !== 'over') room.forsaken.set(call.contactId, control);
    if (isUnresumed) resumeCall(room, call, []);
    else if (call.callerLegId !== undefined || call.agent) {
      endCall(room, call, { outcome: 'abandoned', cause: 'switch-away' });
    }
  }
}
