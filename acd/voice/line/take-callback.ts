import type { Call } from '../call.ts';
import type { VoiceRoom } from '../room.ts';
import { touch } from '../stage.ts';
import { rejectionOf, tellRouting } from '../tell-routing.ts';

/**
 * Turns the waiting caller into a callback that keeps the place. False when the engine does not take it: a second one for the same number,
 * or an agent was found in the same moment.
 */
export async function takeCallback(room: VoiceRoom, call: Call, number: string): Promise<boolean> {
  if (!/^\+?[0-9]{3,20}$/.test(number)) return false;
  const { contactId } = call;
  call.callback = { number };
  const effects = await tellRouting(room, call, { type: 'callback-accepted', contactId, number, mode: 'agent-first' });
  const rejection = rejectionOf(effects);
  if (rejection !== undefined || effects.length === 0) {
    call.callback = undefined;
    room.log.info({ contactId, rejection }, 'callback was not taken');
    return false;
  }
  const { stay } = call;
  call.stay = undefined;
  stay?.settle({ kind: 'gone' });
  touch(room, call);
  return true;
}
