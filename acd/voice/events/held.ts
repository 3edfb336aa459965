import type { CallControl, CallEvent } from '../../../switch/index.ts';
import { callOfLeg, type VoiceRoom } from '../room.ts';
import { touch } from '../stage.ts';

type HoldEvent = Extract<CallEvent, { kind: 'held' | 'unheld' }>;

/** The agent pressed hold on a phone of their own instead of asking for it on the page. */
export function onHeld(room: VoiceRoom, _control: CallControl, event: HoldEvent): void {
  const found = callOfLeg(room, event.legId);
  const agent = found?.part === 'agent' ? found.call.agent : undefined;
  if (!found || agent?.legId !== event.legId || agent.heldSinceMs !== undefined || found.call.stage !== 'talking')
    return;
  agent.heldSinceMs = room.clock.now();
  room.records.phase(found.call.contactId, 'hold', agent.heldSinceMs);
  touch(room, found.call);
}

/** The same phone took the caller back. During a consultation the caller stays on hold. */
export function onUnheld(room: VoiceRoom, _control: CallControl, event: HoldEvent): void {
  const found = callOfLeg(room, event.legId);
  const agent = found?.part === 'agent' ? found.call.agent : undefined;
  if (!found || agent?.legId !== event.legId || agent.heldSinceMs === undefined || found.call.consult) return;
  agent.heldSinceMs = undefined;
  room.records.phase(found.call.contactId, 'talk', room.clock.now());
  touch(room, found.call);
}
