import { backToQueue } from './back-to-queue.ts';
import type { AgentPart, Call } from './call.ts';
import { endCall } from './end-call.ts';
import { startRecording } from './recording.ts';
import type { VoiceRoom } from './room.ts';
import { enterStage } from './stage.ts';
import { askSwitch } from './switch-faults.ts';

/** Joins caller and agent, and begins to record. An agent's leg that is gone by now sends the caller back to the queue, with the place kept. */
export async function connectAgent(room: VoiceRoom, call: Call, agent: AgentPart): Promise<void> {
  const { callerLegId } = call;
  if (callerLegId === undefined) return;
  enterStage(room, call, 'connecting', {
    timeoutMs: room.settings.connectTimeoutMs,
    onTimeout: () => {
      if (call.agent === agent) backToQueue(room, call, agent.agentId, 'connect-timeout');
    },
  });
  const outcome = await askSwitch(room, call, 'bridge', () => call.control.bridge(callerLegId, agent.legId));
  if (call.agent !== agent || call.stage !== 'connecting') return;
  if (outcome?.kind === 'bridged') {
    talk(room, call, agent);
    return;
  }
  room.log.warn(
    { contactId: call.contactId, agentId: agent.agentId, gone: outcome?.kind === 'gone' },
    'joining failed after the answer',
  );
  if (outcome?.kind === 'gone' && outcome.legId === callerLegId) {
    endCall(room, call, { outcome: 'abandoned', cause: 'caller-gone' });
  } else {
    backToQueue(room, call, agent.agentId, 'bridge-failed');
  }
}

/** Both hear each other now. */
export function talk(room: VoiceRoom, call: Call, agent: AgentPart): void {
  const nowMs = room.clock.now();
  const first = agent.connectedAtMs === undefined;
  agent.connectedAtMs ??= nowMs;
  agent.heldSinceMs = undefined;
  agent.reattaching = false;
  call.answeredAtMs ??= nowMs;
  if (first) {
    const { contactId } = call;
    call.talkStartedAtMs.set(agent.agentId, nowMs);
    room.records.segment(contactId, {
      kind: 'agent',
      queueId: agent.queueId,
      agentId: agent.agentId,
      atMs: nowMs,
      why: 'answered',
    });
    room.records.update(contactId, { answeredAtMs: nowMs });
  } else {
    room.records.phase(call.contactId, 'talk', nowMs);
  }
  if (room.settings.recordConversations && call.callerLegId !== undefined) {
    void startRecording(room, call, call.callerLegId);
  }
  // Last, so that a restart that finds the call talking finds its segment and its recording too.
  enterStage(room, call, 'talking');
}
