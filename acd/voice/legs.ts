import type { HangupCause, LegId } from '../../switch/index.ts';
import type { Call } from './call.ts';
import type { LegPart, VoiceRoom } from './room.ts';
import { askLater } from './switch-faults.ts';

/** Role under which each part is tagged on the switch. */
export const ROLE_OF_PART: Readonly<Record<LegPart, string>> = {
  caller: 'caller',
  offer: 'agent',
  agent: 'agent',
  consult: 'consult',
  outside: 'outside',
  supervisor: 'supervisor',
};

export function knowLeg(room: VoiceRoom, call: Call, legId: LegId, part: LegPart): void {
  room.legs.set(legId, { contactId: call.contactId, part });
}

/** Forgets the leg first, so that its end is nobody's news, and hangs it up. */
export function dropLeg(room: VoiceRoom, call: Call, legId: LegId | undefined, cause: HangupCause = 'normal'): void {
  if (legId === undefined) return;
  room.legs.delete(legId);
  askLater(room, call, 'hangUp', () => call.control.hangUp(legId, cause));
}
