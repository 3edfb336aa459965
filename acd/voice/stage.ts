import type { Call, Stage } from './call.ts';
import type { VoiceRoom } from './room.ts';
import { saveCall } from './saved-call.ts';

/** Agents whose desk shows this call. */
export function agentsOf(call: Call): readonly string[] {
  const ids = new Set<string>(call.wrapUps.keys());
  if (call.agent) ids.add(call.agent.agentId);
  for (const offer of call.offers.values()) ids.add(offer.agentId);
  if (call.consult?.target.kind === 'agent') ids.add(call.consult.target.agentId);
  return [...ids];
}

/** True when this agent is the second party of the call's consultation. */
export function isAsked(call: Call, agentId: string): boolean {
  return call.consult?.target.kind === 'agent' && call.consult.target.agentId === agentId;
}

/** Says that something about the call changed, and keeps what a restart needs. */
export function touch(room: VoiceRoom, call: Call, alsoAgents: readonly string[] = []): void {
  room.changes.changed(call.contactId, [...agentsOf(call), ...alsoAgents]);
  saveCall(room, call);
}

/** Enters a stage with a way out by time: `onTimeout` runs when the call is still in this very stay of it after `timeoutMs`. */
export function enterStage(
  room: VoiceRoom,
  call: Call,
  stage: Stage,
  way?: { timeoutMs: number; onTimeout: () => void },
): void {
  call.watchdog?.cancel();
  call.watchdog = undefined;
  call.stage = stage;
  call.stageSinceMs = room.clock.now();
  if (way) {
    call.watchdog = room.clock.after(way.timeoutMs, () => {
      room.log.warn({ contactId: call.contactId, stage, timeoutMs: way.timeoutMs }, 'call stayed too long in a stage');
      way.onTimeout();
    });
  }
  touch(room, call);
}
