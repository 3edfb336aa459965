import { type Core, dialogKey } from '../core.ts';
import type { CallListener } from '../stack.ts';
import { CALL_VERBS } from './call-verbs.ts';
import { type DialogStart, LiveCall } from './live-call.ts';

/** Makes a call and puts it where its messages find it. */
export function openCall(core: Core, start: DialogStart, listener: CallListener): LiveCall {
  const call = new LiveCall(core, CALL_VERBS, start, listener);
  core.calls.set(dialogKey(start.callId, start.localTag, start.remoteTag), call);
  return call;
}

/** The call that a message with these tags belongs to. */
export function findCall(core: Core, callId: string, localTag: string, remoteTag: string): LiveCall | undefined {
  const call = core.calls.get(dialogKey(callId, localTag, remoteTag));
  return call instanceof LiveCall ? call : undefined;
}
