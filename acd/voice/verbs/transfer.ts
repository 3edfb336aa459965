import type { TransferTarget } from '../../api/contract/index.ts';
import type { EngineEvent } from '../../engine/index.ts';
import type { AgentPart, Call } from '../call.ts';
import { COMMAND_DONE, type CommandOutcome, conflict, isOutcome, NOT_FOUND, ownCall, type Verb } from '../command.ts';
import { dropLeg } from '../legs.ts';
import { sayToCaller } from '../line/say.ts';
import { connectOutside } from '../outside.ts';
import { stopRecording } from '../recording.ts';
import type { VoiceRoom } from '../room.ts';
import { touch } from '../stage.ts';
import { startFlow } from '../start-flow.ts';
import { rejectionOf, tellRouting } from '../tell-routing.ts';
import { waitInQueue } from '../wait-in-queue.ts';

export interface TransferCommand {
  readonly kind: 'transfer';
  readonly contactId: string;
  readonly agentId: string;
  readonly target: TransferTarget;
}

/** How long a blind transfer waits for its agent before the queue's others are asked, ms. */
const AGENT_WAIT_MS = 30_000;

/** Blind transfer: the contact goes on elsewhere as its next segment; the agent wraps up. */
export const transferVerb: Verb<TransferCommand> = {
  kind: 'transfer',
  async run(room, command) {
    const own = ownCall(room, command);
    if (isOutcome(own)) return own;
    const { call, agent } = own;
    if (call.consult) return conflict('consulting');
    if (call.offers.size > 0) return conflict('already-being-transferred');
    const { contactId } = call;
    const { target } = command;
    room.records.event(contactId, {
      atMs: room.clock.now(),
      kind: 'transfer',
      data: { agentId: agent.agentId, to: target.kind },
    });
    switch (target.kind) {
      case 'queue':
        return byEngine(room, {
          type: 'transferred-to-queue',
          contactId,
          agentId: agent.agentId,
          queueId: target.queueId,
        });
      case 'agent':
        if (target.agentId === agent.agentId) return conflict('to-oneself');
        return byEngine(room, {
          type: 'transferred-to-agent',
          contactId,
          agentId: agent.agentId,
          toAgentId: target.agentId,
          waitMs: AGENT_WAIT_MS,
        });
      case 'number':
        return toNumber(room, call, agent, target.number);
      case 'flow':
        return toFlow(room, call, agent, target.flowId);
    }
  },
};

/** The engine's effects (assignment ended, contact joined, offer) do the rest. */
async function byEngine(room: VoiceRoom, event: EngineEvent): Promise<CommandOutcome> {
  const rejection = rejectionOf(await room.routing.submit(event));
  return rejection === undefined ? COMMAND_DONE : conflict(rejection);
}

/** The agent's phone is let go at once; the contact stays theirs until somebody answers outside, so that a failure brings the caller back. */
async function toNumber(room: VoiceRoom, call: Call, agent: AgentPart, number: string): Promise<CommandOutcome> {
  const { contactId } = call;
  if (call.outsideLegId !== undefined) return conflict('already-being-transferred');
  await stopRecording(room, call);
  dropLeg(room, call, agent.legId);
  touch(room, call);
  void (async () => {
    const outcome = await connectOutside(
      room,
      call,
      { kind: 'number', number },
      room.settings.outsideRingTimeoutMs,
      'transferred',
    );
    if (call.agent !== agent) return;
    call.agent = undefined;
    if (outcome === 'connected') {
      await tellRouting(room, call, { type: 'assignment-ended', contactId, agentId: agent.agentId, then: 'end' });
      touch(room, call, [agent.agentId]);
      return;
    }
    room.log.info({ contactId, outcome }, 'nobody answered outside, the caller goes back to the queue');
    await sayToCaller(room, call, [{ prompt: 'transfer-failed' }]);
    void tellRouting(room, call, { type: 'assignment-ended', contactId, agentId: agent.agentId, then: 'requeue' });
    waitInQueue(room, call, agent.queueId, [agent.agentId]);
  })();
  return COMMAND_DONE;
}

async function toFlow(room: VoiceRoom, call: Call, agent: AgentPart, flowId: string): Promise<CommandOutcome> {
  const flow = room.flows.byId(flowId);
  if (!flow) return NOT_FOUND;
  const { contactId } = call;
  call.agent = undefined;
  await stopRecording(room, call);
  dropLeg(room, call, agent.legId);
  await tellRouting(room, call, { type: 'assignment-ended', contactId, agentId: agent.agentId, then: 'end' });
  if (call.callerLegId === undefined) return COMMAND_DONE;
  room.records.segment(contactId, { kind: 'flow', flowId, atMs: room.clock.now(), why: 'transferred' });
  startFlow(room, call, flow);
  return COMMAND_DONE;
}
