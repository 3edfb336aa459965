import { reattach } from '../agent-lost.ts';
import type { VoiceRoom } from '../room.ts';
import { consultPhoneLeft, consultPhoneReturned } from '../verbs/consult.ts';

/** A phone registered. When its agent has a call whose phone was lost or replaced, that call is brought to it. */
export function onRegistered(room: VoiceRoom, user: string): void {
  for (const call of room.calls.values()) {
    consultPhoneReturned(room, call, user);
    const { agent } = call;
    if (agent?.phoneUser !== user || (!agent.phoneChanged && call.stage !== 'agent-lost')) continue;
    void reattach(room, call, agent);
  }
}

/** A phone is gone from the registrar. A call on it goes on until its sound is missed; its next registration is a new phone. */
export function onUnregistered(room: VoiceRoom, user: string): void {
  for (const call of room.calls.values()) {
    consultPhoneLeft(room, call, user);
    if (call.agent?.phoneUser === user) call.agent.phoneChanged = true;
  }
}
