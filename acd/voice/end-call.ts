import type { HangupCause } from '../../switch/index.ts';
import type { Outcome } from '../api/contract/index.ts';
import type { Call } from './call.ts';
import { closeIfDone } from './close-call.ts';
import { leaveForCallback } from './leave-for-callback.ts';
import { dropLeg } from './legs.ts';
import { stopRecording } from './recording.ts';
import type { VoiceRoom } from './room.ts';
import { enterStage } from './stage.ts';
import { tellRouting } from './tell-routing.ts';

export interface EndOfCall {
  /** Counts unless routing has said how its stay ended. */
  readonly outcome: Outcome;
  /** A word for the log and the database. */
  readonly cause: string;
  readonly hangupCause?: HangupCause;
}

/**
 * Ends the call for everybody who is on it: caller, agent, phones that still ring, consultation, outside party, supervisors. Wrap-up may
 * follow. Calling it again does nothing.
 */
export function endCall(room: VoiceRoom, call: Call, end: EndOfCall): void {
  if (call.stage === 'over') return;
  if (call.callerLegId !== undefined && !call.agent && leaveForCallback(room, call)) return;
  const { agent, callerLegId } = call;
  const cause = end.hangupCause ?? 'normal';
  call.endedAtMs = room.clock.now();
  call.flowRun += 1;
  const { stay } = call;
  call.stay = undefined;
  call.choices = [];
  enterStage(room, call, 'over', {
    timeoutMs: room.settings.wrapUpTimeoutMs,
    onTimeout: () => closeIfDone(room, call, true),
  });
  stay?.settle({ kind: 'gone' });
  void stopRecording(room, call);
  const offeredAgents = [...call.offers.values()].map((offer) => offer.agentId);
  for (const offer of call.offers.values()) dropLeg(room, call, offer.legId, 'cancelled');
  call.offers.clear();
  for (const { legId } of call.supervisors.values()) dropLeg(room, call, legId);
  call.supervisors.clear();
  dropLeg(room, call, call.consult?.legId);
  call.consult = undefined;
  dropLeg(room, call, call.outsideLegId);
  call.outsideLegId = undefined;
  call.callerLegId = undefined;
  dropLeg(room, call, callerLegId, cause);
  dropLeg(room, call, agent?.legId);
  call.agent = undefined;
  const told = tellOfEnd(room, call, agent?.agentId, end);
  const outcome = outcomeOf(room, call, agent !== undefined, end);
  room.records.end(call.contactId, { atMs: call.endedAtMs, outcome, cause: end.cause });
  room.log.info({ contactId: call.contactId, outcome, cause: end.cause }, 'call ended');
  room.changes.changed(call.contactId, [...offeredAgents, ...(agent ? [agent.agentId] : [])]);
  void told.then(() => closeIfDone(room, call, false));
}

function tellOfEnd(room: VoiceRoom, call: Call, agentId: string | undefined, end: EndOfCall): Promise<unknown> {
  const { contactId } = call;
  const view = room.routing.contact(contactId);
  if (!view) return call.tells;
  const handledBy = view.state === 'handling' ? (view.agentId ?? agentId) : undefined;
  if (handledBy !== undefined) {
    return tellRouting(room, call, { type: 'assignment-ended', contactId, agentId: handledBy, then: 'end' });
  }
  if (end.outcome === 'abandoned') return tellRouting(room, call, { type: 'contact-abandoned', contactId });
  return tellRouting(room, call, { type: 'contact-withdrawn', contactId, why: end.cause });
}

function outcomeOf(room: VoiceRoom, call: Call, hadAgent: boolean, end: EndOfCall): Outcome {
  if (hadAgent || call.answeredAtMs !== undefined) return 'answered';
  if (call.flowOutcome !== undefined) return call.flowOutcome;
  if (call.routedOutcome !== undefined) return call.routedOutcome;
  if (end.outcome === 'abandoned' && call.enqueuedAtMs === undefined) {
    return room.clock.now() - call.startedAtMs < SHORT_ABANDON_MS ? 'short-abandoned' : 'abandoned';
  }
  return end.outcome;
}

/** A caller who leaves a menu within this time counts as a short abandon, as in the engine's default. */
const SHORT_ABANDON_MS = 5_000;
