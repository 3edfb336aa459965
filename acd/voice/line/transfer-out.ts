import type { OutsideTarget, TransferOutOutcome } from '../../flows/index.ts';
import type { Call } from '../call.ts';
import { connectOutside } from '../outside.ts';
import type { VoiceRoom } from '../room.ts';

/** Sends the caller outside from a flow; the answer comes when the outside call is over, or did not come about. */
export async function transferOut(
  room: VoiceRoom,
  call: Call,
  target: OutsideTarget,
  ringTimeoutMs: number,
): Promise<TransferOutOutcome> {
  const outcome = await connectOutside(room, call, target, ringTimeoutMs, 'flow');
  if (call.callerLegId === undefined) return { kind: 'gone' };
  if (outcome === 'connected') return { kind: 'ended' };
  return { kind: 'failed', reason: outcome };
}
