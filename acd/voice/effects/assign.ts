import type { EffectOf } from '../../engine/index.ts';
import { backToQueue } from '../back-to-queue.ts';
import type { AgentPart, Call } from '../call.ts';
import { connectAgent } from '../connect-agent.ts';
import { dropLeg, knowLeg } from '../legs.ts';
import type { VoiceRoom } from '../room.ts';
import { enterStage } from '../stage.ts';
import { dropConsult } from '../verbs/consult.ts';

/** The agent has the contact: what the caller hears stops, and both are joined. */
export function onAssign(room: VoiceRoom, effect: EffectOf<'assign'>): void {
  if (effect.channel !== 'voice' && effect.channel !== 'callback') return;
  const call = room.calls.get(effect.contactId);
  if (!call || call.stage === 'over') {
    void room.routing
      .submit({ type: 'assignment-ended', contactId: effect.contactId, agentId: effect.agentId, then: 'end' })
      .catch(() => undefined);
    return;
  }
  if (room.unresumed.has(call.contactId)) return;
  if (call.agent?.agentId === effect.agentId && call.stage !== 'agent-lost') return;
  const offer = call.offers.get(effect.offerId);
  const agent = room.directory.agent(effect.agentId);
  leaveFormerAgent(room, call);
  if (!offer?.answered || !agent) {
    room.log.warn(
      { contactId: call.contactId, agentId: effect.agentId },
      'assigned without an answered phone, back to the queue',
    );
    backToQueue(room, call, effect.agentId, 'no-phone');
    return;
  }
  for (const other of call.offers.values()) if (other !== offer) dropLeg(room, call, other.legId, 'cancelled');
  call.offers.clear();
  knowLeg(room, call, offer.legId, 'agent');
  const part: AgentPart = {
    agentId: effect.agentId,
    phoneUser: agent.phoneUser,
    queueId: effect.queueId,
    legId: offer.legId,
    sinceMs: room.clock.now(),
    connectedAtMs: undefined,
    heldSinceMs: undefined,
    phoneChanged: false,
    reattaching: false,
  };
  call.agent = part;
  call.handledBy.add(part.agentId);
  call.takenOverBy = undefined;
  call.stay?.settle({ kind: 'answered' });
  if (call.callerLegId !== undefined) void connectAgent(room, call, part);
  // The customer of a callback is dialled now: the engine says so, and until when.
  else enterStage(room, call, 'connecting');
}

/** An attended transfer hands the contact over while the first agent is still on it. */
function leaveFormerAgent(room: VoiceRoom, call: Call): void {
  if (!call.agent) return;
  dropConsult(room, call);
  dropLeg(room, call, call.agent.legId);
  call.agent = undefined;
}
