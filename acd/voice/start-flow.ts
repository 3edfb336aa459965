import { type Flow, type FlowPosition, runFlow } from '../flows/index.ts';
import type { Call } from './call.ts';
import { endCall } from './end-call.ts';
import { openFlowLine } from './line/flow-line.ts';
import type { VoiceRoom } from './room.ts';
import { enterStage, touch } from './stage.ts';

/** Starts a flow on the call at its beginning, or at `from`. A flow that was running lets go. */
export function startFlow(room: VoiceRoom, call: Call, flow: Flow, from?: FlowPosition): void {
  const run = ++call.flowRun;
  const position = from ?? { flowId: flow.flowId, nodeId: flow.start, variables: {} };
  call.flow = position;
  if (!room.routing.contact(call.contactId)) {
    inFlow(room, call);
  }
  const line = openFlowLine(room, call, run);
  const surround = {
    lookup: room.lookup,
    clock: room.clock,
    log: room.log,
    onPosition: (now: FlowPosition) => {
      if (call.flowRun !== run) return;
      call.flow = now;
      touch(room, call);
    },
  };
  runFlow(flow, position, line, surround)
    .then((end) => {
      if (call.flowRun === run && end.kind === 'ended' && call.stage !== 'outside') {
        endCall(room, call, { outcome: end.outcome, cause: 'flow-ended' });
      }
    })
    .catch((error: unknown) => {
      room.log.error({ contactId: call.contactId, err: error }, 'flow failed, the caller is let go');
      if (call.flowRun === run) endCall(room, call, { outcome: 'withdrawn', cause: 'flow-failed' });
    });
}

function inFlow(room: VoiceRoom, call: Call): void {
  enterStage(room, call, 'flow', {
    timeoutMs: room.settings.flowTimeoutMs,
    onTimeout: () => endCall(room, call, { outcome: call.flowOutcome ?? 'timed-out', cause: 'flow-too-long' }),
  });
}

/** The caller left the queue and is in the hands of the flow again. */
export function backToFlow(room: VoiceRoom, call: Call): void {
  if (call.stage !== 'waiting') return;
  const flowId = call.flow?.flowId;
  room.records.segment(call.contactId, {
    kind: 'flow',
    atMs: room.clock.now(),
    why: call.routedOutcome ?? 'left',
    ...(flowId === undefined ? {} : { flowId }),
  });
  inFlow(room, call);
}
