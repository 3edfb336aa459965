import { type FlowPosition, WAITING_FLOW_PREFIX, waitingFlow } from './../flows/index.ts';
import type { Call } from './call.ts';
import { endCall } from './end-call.ts';
import type { VoiceRoom } from './room.ts';
import { enterStage } from './stage.ts';
import { startFlow } from './start-flow.ts';

/**
 * Lets the caller wait in a queue in which the engine has it: as the flow's own queue node says if the call came through one for that queue,
 * else in the plain way. Called again for a queue in which it waits already, it does nothing.
 */
export function waitInQueue(
  room: VoiceRoom,
  call: Call,
  queueId: string | undefined,
  alsoAgents: readonly string[] = [],
): void {
  if (call.stage === 'over' || queueId === undefined) return;
  if (call.stage === 'waiting' && call.queueId === queueId && call.stay && !call.stay.ended) return;
  call.queueId = queueId;
  call.announcedRange = undefined;
  enterStage(room, call, 'waiting', {
    timeoutMs: room.settings.waitTimeoutMs,
    onTimeout: () => endCall(room, call, { outcome: 'timed-out', cause: 'waited-too-long' }),
  });
  room.changes.changed(call.contactId, alsoAgents);
  const { flow, position } = treatmentOf(room, call, queueId);
  startFlow(room, call, flow, position);
}

function treatmentOf(room: VoiceRoom, call: Call, queueId: string) {
  const position = call.flow;
  const flow =
    position && !position.flowId.startsWith(WAITING_FLOW_PREFIX) ? room.flows.byId(position.flowId) : undefined;
  const node = position && flow?.nodes[position.nodeId];
  if (flow && node?.kind === 'queue' && 'queueId' in node && node.queueId === queueId) return { flow, position };
  const plain = waitingFlow(queueId, call.language);
  const start: FlowPosition = { flowId: plain.flowId, nodeId: plain.start, variables: position?.variables ?? {} };
  return { flow: plain, position: start };
}
