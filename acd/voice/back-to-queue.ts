import type { Call } from './call.ts';
import { dropLeg } from './legs.ts';
import { stopRecording } from './recording.ts';
import type { VoiceRoom } from './room.ts';
import { tellRouting } from './tell-routing.ts';
import { waitInQueue } from './wait-in-queue.ts';

/** The agent's side failed while the caller is still there: the engine puts the contact back, with the place that it had. */
export function backToQueue(room: VoiceRoom, call: Call, agentId: string, why: string): void {
  const { agent } = call;
  if (agent?.agentId === agentId) {
    dropLeg(room, call, agent.legId);
    call.agent = undefined;
  }
  void stopRecording(room, call);
  room.log.info({ contactId: call.contactId, agentId, why }, 'caller goes back to the queue');
  room.records.event(call.contactId, { atMs: room.clock.now(), kind: 'back-to-queue', data: { agentId, why } });
  void tellRouting(room, call, { type: 'assignment-ended', contactId: call.contactId, agentId, then: 'requeue' });
  waitInQueue(room, call, agent?.queueId ?? call.queueId, [agentId]);
}
