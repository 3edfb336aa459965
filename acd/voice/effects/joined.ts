import type { EffectOf } from '../../engine/index.ts';
import type { VoiceRoom } from '../room.ts';
import { touch } from '../stage.ts';
import { waitInQueue } from '../wait-in-queue.ts';

/** The contact is in a queue: for the first time, or moved, transferred, overflowed, or come back. */
export function onJoined(room: VoiceRoom, effect: EffectOf<'contact-joined'>): void {
  const call = room.calls.get(effect.contactId);
  if (!call || call.stage === 'over') return;
  if (call.queueId === effect.queueId && call.enqueuedAtMs === effect.atMs) return;
  call.queueId = effect.queueId;
  call.enqueuedAtMs = effect.atMs;
  room.records.segment(call.contactId, { kind: 'queue', queueId: effect.queueId, atMs: effect.atMs, why: effect.why });
  touch(room, call);
  // A new contact, and one whose flow already waits for it, has its treatment.
  if (
    effect.why === 'new' ||
    call.callback ||
    (call.stay && !call.stay.ended && effect.why !== 'moved' && effect.why !== 'overflow')
  )
    return;
  if (call.callerLegId === undefined || call.agent || room.unresumed.has(call.contactId)) return;
  const waits = call.stay && !call.stay.ended;
  if (waits) return;
  waitInQueue(room, call, effect.queueId);
}
