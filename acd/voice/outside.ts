import type { OriginateOutcome } from '../../switch/index.ts';
import type { OutsideTarget } from '../flows/index.ts';
import type { Call } from './call.ts';
import { endCall } from './end-call.ts';
import { dropLeg, knowLeg, ROLE_OF_PART } from './legs.ts';
import type { VoiceRoom } from './room.ts';
import { enterStage } from './stage.ts';
import { askLater, askSwitch } from './switch-faults.ts';

export type OutsideOutcome = 'connected' | 'busy' | 'no-answer' | 'failed';

/**
 * Rings somebody outside for the caller and joins them. `connected` comes at the moment of joining; from then on the call is in stage
 * `outside` until one of the two hangs up. The caller hears music meanwhile.
 */
export async function connectOutside(
  room: VoiceRoom,
  call: Call,
  target: OutsideTarget,
  ringTimeoutMs: number,
  why: string,
): Promise<OutsideOutcome> {
  const callerLegId = call.callerLegId;
  if (callerLegId === undefined) return 'failed';
  const legId = room.newId();
  knowLeg(room, call, legId, 'outside');
  call.outsideLegId = legId;
  askLater(room, call, 'startMusic', () => call.control.startMusic(callerLegId));
  const outcome = await ring(room, call, target, legId, ringTimeoutMs);
  if (outcome !== 'answered') {
    room.legs.delete(legId);
    if (call.outsideLegId === legId) call.outsideLegId = undefined;
    return outcome;
  }
  if (call.callerLegId === undefined || call.outsideLegId !== legId) {
    dropLeg(room, call, legId);
    return 'failed';
  }
  const bridged = await askSwitch(room, call, 'bridge', () => call.control.bridge(callerLegId, legId));
  if (bridged?.kind !== 'bridged') {
    dropLeg(room, call, legId);
    call.outsideLegId = undefined;
    return 'failed';
  }
  room.records.segment(call.contactId, { kind: 'outside', atMs: room.clock.now(), why });
  enterStage(room, call, 'outside');
  return 'connected';
}

async function ring(
  room: VoiceRoom,
  call: Call,
  target: OutsideTarget,
  legId: string,
  ringTimeoutMs: number,
): Promise<'answered' | Exclude<OutsideOutcome, 'connected'>> {
  let outcome: OriginateOutcome;
  try {
    outcome = await call.control.originate({
      legId,
      target,
      ringTimeoutMs,
      callerNumber: room.settings.ownNumber,
      contactId: call.contactId,
      role: ROLE_OF_PART.outside,
    });
  } catch (error) {
    room.log.warn({ contactId: call.contactId, err: error }, 'outside call failed');
    askLater(room, call, 'hangUp', () => call.control.hangUp(legId, 'cancelled'));
    return 'failed';
  }
  if (outcome.kind === 'answered' || outcome.kind === 'busy' || outcome.kind === 'no-answer') return outcome.kind;
  return 'failed';
}

/** The outside party hung up: the call is over. */
export function outsideEnded(room: VoiceRoom, call: Call): void {
  call.outsideLegId = undefined;
  if (call.stage === 'outside')
    endCall(room, call, { outcome: call.answeredAtMs ? 'answered' : 'overflowed', cause: 'outside-hung-up' });
}
