import type { EffectOf } from '../../engine/index.ts';
import { closeIfDone } from '../close-call.ts';
import type { VoiceRoom } from '../room.ts';
import { touch } from '../stage.ts';

/** The agent has time to write down what came of the call. */
export function onWrapUpStarted(room: VoiceRoom, effect: EffectOf<'wrap-up-started'>): void {
  const call = room.calls.get(effect.contactId);
  if (!call) return;
  const aside = call.stage !== 'over';
  const { agentId, queueId } = effect;
  call.wrapUps.set(agentId, {
    agentId,
    queueId,
    startedAtMs: effect.atMs,
    talkStartedAtMs: call.talkStartedAtMs.get(agentId),
    endsAtMs: effect.endsMs,
    extensions: 0,
    dispositionId: undefined,
    notes: '',
    aside,
  });
  if (aside) room.records.startWrapUpAside(call.contactId, { agentId, queueId, atMs: effect.atMs });
  else room.records.phase(call.contactId, 'wrap-up', effect.atMs);
  touch(room, call);
}

export function onWrapUpChanged(room: VoiceRoom, effect: EffectOf<'wrap-up-changed'>): void {
  const call = room.calls.get(effect.contactId);
  const wrapUp = call?.wrapUps.get(effect.agentId);
  if (!call || !wrapUp) return;
  wrapUp.endsAtMs = effect.endsMs;
  wrapUp.extensions += 1;
  touch(room, call);
}

export function onWrapUpEnded(room: VoiceRoom, effect: EffectOf<'wrap-up-ended'>): void {
  const call = room.calls.get(effect.contactId);
  const wrapUp = call?.wrapUps.get(effect.agentId);
  if (!call || !wrapUp) return;
  call.wrapUps.delete(effect.agentId);
  if (wrapUp.aside) room.records.endWrapUpAside(call.contactId, { agentId: effect.agentId, atMs: effect.atMs });
  touch(room, call, [effect.agentId]);
  room.clock.after(0, () => closeIfDone(room, call, false));
}
