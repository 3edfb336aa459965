import type { OriginateOutcome } from '../../../switch/index.ts';
import type { CallbackResult, EffectOf } from '../../engine/index.ts';
import type { Call } from '../call.ts';
import { connectAgent } from '../connect-agent.ts';
import { dropLeg, knowLeg, ROLE_OF_PART } from '../legs.ts';
import type { VoiceRoom } from '../room.ts';
import { tellRouting } from '../tell-routing.ts';
import { waitInQueue } from '../wait-in-queue.ts';

/** Dials the customer who asked to be called back; with an agent already there both are joined when the customer answers. */
export function onCallbackDial(room: VoiceRoom, effect: EffectOf<'callback-dial'>): void {
  const call = room.calls.get(effect.contactId);
  if (!call || call.stage === 'over') {
    void room.routing
      .submit({ type: 'callback-attempted', contactId: effect.contactId, result: 'failed' })
      .catch(() => undefined);
    return;
  }
  void dial(room, call, effect);
}

async function dial(room: VoiceRoom, call: Call, effect: EffectOf<'callback-dial'>): Promise<void> {
  const legId = room.newId();
  knowLeg(room, call, legId, 'caller');
  const outcome = await ring(room, call, effect, legId);
  const result: CallbackResult =
    outcome.kind === 'answered' || outcome.kind === 'busy' || outcome.kind === 'no-answer' ? outcome.kind : 'failed';
  if (result !== 'answered') room.legs.delete(legId);
  else if (room.calls.get(call.contactId) !== call || call.endedAtMs !== undefined) {
    dropLeg(room, call, legId);
    return;
  } else call.callerLegId = legId;
  await tellRouting(room, call, { type: 'callback-attempted', contactId: call.contactId, result });
  if (result !== 'answered') return;
  call.callback = undefined;
  const { agent } = call;
  if (!agent) {
    waitInQueue(room, call, call.queueId);
    return;
  }
  await connectAgent(room, call, agent);
}

async function ring(
  room: VoiceRoom,
  call: Call,
  effect: EffectOf<'callback-dial'>,
  legId: string,
): Promise<OriginateOutcome> {
  try {
    return await call.control.originate({
      legId,
      target: { kind: 'number', number: effect.number },
      ringTimeoutMs: Math.min(120_000, Math.max(1_000, effect.expiresMs - room.clock.now())),
      callerNumber: room.settings.ownNumber,
      contactId: call.contactId,
      role: ROLE_OF_PART.caller,
    });
  } catch (error) {
    room.log.warn({ contactId: call.contactId, err: error }, 'callback could not be dialled');
    return { kind: 'failed', rawCause: 'fault' };
  }
}
