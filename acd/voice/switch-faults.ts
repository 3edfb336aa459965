import { isCoded } from '../../config/errors.ts';
import type { Call } from './call.ts';
import type { VoiceRoom } from './room.ts';

/**
 * Asks the call's switch for something. When the link is lost it waits for its return and asks once more, if the call is still up then:
 * what was asked may have been done already, so only verbs for which twice is as good as once go through here. `undefined` when the
 * switch did not answer, or the call is over.
 */
export async function askSwitch<T>(
  room: VoiceRoom,
  call: Call,
  verb: string,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (!isCoded(error, 'switch.link-lost')) {
        room.log.warn({ contactId: call.contactId, verb, err: error }, 'the switch did not do what it was asked');
        return undefined;
      }
      if (room.closing || !(await room.links.waitForRepair(call.control, room.settings.linkTimeoutMs)))
        return undefined;
      if (call.stage === 'over') return undefined;
    }
  }
  return undefined;
}

/** Asks for something whose answer nobody waits for; a fault is logged. */
export function askLater(room: VoiceRoom, call: Call, verb: string, ask: () => Promise<unknown>): void {
  ask().catch((error: unknown) => {
    room.log.warn({ contactId: call.contactId, verb, err: error }, 'the switch did not do what it was asked');
  });
}
