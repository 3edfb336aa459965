import { backToQueue } from './back-to-queue.ts';
import type { AgentPart, Call } from './call.ts';
import { talk } from './connect-agent.ts';
import { CONTACT_HEADER, REATTACH_HEADER } from './effects/offer.ts';
import { dropLeg, knowLeg, ROLE_OF_PART } from './legs.ts';
import { sayToCaller } from './line/say.ts';
import { stopRecording } from './recording.ts';
import type { VoiceRoom } from './room.ts';
import { enterStage, touch } from './stage.ts';
import { askLater, askSwitch } from './switch-faults.ts';
import { dropConsult } from './verbs/consult.ts';

/**
 * The agent's phone died while they talked: the caller hears a sentence and music, and the agent has some seconds to come back. Then the
 * caller goes back to the queue.
 */
export function onAgentLost(room: VoiceRoom, call: Call, agent: AgentPart, cause: string): void {
  room.log.warn({ contactId: call.contactId, agentId: agent.agentId, cause }, 'agent’s phone was lost in a call');
  room.legs.delete(agent.legId);
  dropConsult(room, call);
  void stopRecording(room, call);
  room.records.phase(call.contactId, 'hold', room.clock.now());
  room.records.event(call.contactId, {
    atMs: room.clock.now(),
    kind: 'agent-lost',
    data: { agentId: agent.agentId, cause },
  });
  enterStage(room, call, 'agent-lost', {
    timeoutMs: room.settings.agentReturnMs,
    onTimeout: () => {
      if (call.agent === agent) backToQueue(room, call, agent.agentId, 'agent-did-not-return');
    },
  });
  void comfort(room, call, agent);
  void attachIfRegistered(room, call, agent);
}

async function comfort(room: VoiceRoom, call: Call, agent: AgentPart): Promise<void> {
  const lost = () => call.agent === agent && call.stage === 'agent-lost' && call.callerLegId !== undefined;
  await sayToCaller(room, call, [{ prompt: 'one-moment' }]);
  const { callerLegId } = call;
  if (lost() && callerLegId !== undefined) {
    await askSwitch(room, call, 'startMusic', async () => (lost() ? call.control.startMusic(callerLegId) : undefined));
  }
}

/** The phone may have come back before the switch noticed that the old one was dead. */
async function attachIfRegistered(room: VoiceRoom, call: Call, agent: AgentPart): Promise<void> {
  if (!agent.phoneChanged) return;
  const registered = await askSwitch(room, call, 'isRegistered', () => call.control.isRegistered(agent.phoneUser));
  if (registered) await reattach(room, call, agent);
}

/** Calls the agent's new phone, which answers by itself, and joins it to the caller in place of the old one. */
export async function reattach(room: VoiceRoom, call: Call, agent: AgentPart): Promise<void> {
  if (call.agent !== agent || agent.reattaching || (call.stage !== 'talking' && call.stage !== 'agent-lost')) return;
  // A blind transfer rings outside: the agent has let the call go.
  if (call.outsideLegId !== undefined) return;
  agent.reattaching = true;
  const oldLegId = agent.legId;
  const legId = room.newId();
  knowLeg(room, call, legId, 'agent');
  const answered = await askSwitch(room, call, 'originate', () =>
    call.control.originate({
      legId,
      target: { kind: 'phone', user: agent.phoneUser },
      ringTimeoutMs: Math.max(1_000, room.settings.agentReturnMs),
      callerNumber: call.callerNumber || room.settings.ownNumber,
      contactId: call.contactId,
      role: ROLE_OF_PART.agent,
      headers: { [CONTACT_HEADER]: call.contactId, [REATTACH_HEADER]: '1' },
    }),
  );
  const { callerLegId } = call;
  if (answered?.kind !== 'answered' || call.agent !== agent || callerLegId === undefined) {
    agent.reattaching = false;
    if (answered?.kind === 'answered') dropLeg(room, call, legId);
    room.legs.delete(legId);
    room.log.warn(
      { contactId: call.contactId, agentId: agent.agentId, outcome: answered?.kind },
      'the agent’s new phone did not answer',
    );
    // The old leg may have ended meanwhile, and nobody was told because the new one was expected.
    if (call.agent === agent && call.stage === 'talking' && !room.legs.has(oldLegId))
      onAgentLost(room, call, agent, 'reattach-failed');
    return;
  }
  const wasHeld = agent.heldSinceMs !== undefined && !call.consult;
  dropConsult(room, call);
  agent.legId = legId;
  agent.phoneChanged = false;
  await stopRecording(room, call);
  const bridged = await askSwitch(room, call, 'bridge', () => call.control.bridge(callerLegId, legId));
  dropLeg(room, call, oldLegId);
  if (call.agent !== agent) return;
  agent.reattaching = false;
  if (bridged?.kind === 'bridged') {
    room.log.info({ contactId: call.contactId, agentId: agent.agentId }, 'agent’s new phone has the call again');
    room.records.event(call.contactId, {
      atMs: room.clock.now(),
      kind: 'agent-returned',
      data: { agentId: agent.agentId },
    });
    talk(room, call, agent);
    if (wasHeld) await holdAgain(room, call, agent);
    superviseAgain(room, call, agent);
  } else {
    backToQueue(room, call, agent.agentId, 'reattach-failed');
  }
}

/** A caller who was on hold stays there: nobody is on the air unawares. */
async function holdAgain(room: VoiceRoom, call: Call, agent: AgentPart): Promise<void> {
  agent.heldSinceMs = room.clock.now();
  room.records.phase(call.contactId, 'hold', agent.heldSinceMs);
  touch(room, call);
  await askSwitch(room, call, 'hold', () => call.control.hold(agent.legId));
}

function superviseAgain(room: VoiceRoom, call: Call, agent: AgentPart): void {
  for (const { legId, mode } of call.supervisors.values()) {
    askLater(room, call, 'supervise', () => call.control.supervise(legId, agent.legId, mode));
  }
}
