import { dialogKey } from '../core.ts';
import type { CallEnd } from '../stack.ts';
import { respond } from '../transaction/respond.ts';
import type { LiveCall } from './live-call.ts';

/** Takes the call out of everything and tells its listener, once. Sends nothing but 487 to an INVITE that waits. */
export function endCall(call: LiveCall, end: CallEnd): void {
  if (call.ended) return;
  call.ended = true;
  call.core.calls.delete(dialogKey(call.callId, call.localTag, call.remoteTag));
  call.sessionTimer?.cancel();
  for (const awaited of call.awaitedAcks.values()) awaited.cancel();
  call.awaitedAcks.clear();
  if (call.remoteInvite) respond(call.core, call.remoteInvite, 487);
  if (call.onEnded?.(end)) return;
  tell(call, () => call.listener.onEnd?.(call, end));
}

/** Calls a listener; its throw is logged and changes nothing here. */
export function tell(call: LiveCall, action: () => void): void {
  try {
    action();
  } catch (error) {
    call.core.log.error({ err: error, profile: call.profile }, 'a SIP call listener threw');
  }
}
