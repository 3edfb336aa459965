import type { Call } from './call.ts';
import type { VoiceRoom } from './room.ts';
import { agentsOf } from './stage.ts';

/**
 * Lets go of a call when nothing is left to do: the caller is gone, routing does not know the contact any more, and every wrap-up is done.
 * `force` does it in any case: the way out by time.
 */
export function closeIfDone(room: VoiceRoom, call: Call, force: boolean): void {
  if (call.stage !== 'over' || !room.calls.has(call.contactId)) return;
  const wrapsUp = [...call.handledBy].some((agentId) =>
    room.routing.agent(agentId)?.work.some((work) => work.contactId === call.contactId),
  );
  const busy = wrapsUp || call.wrapUps.size > 0 || room.routing.contact(call.contactId) !== undefined;
  if (busy && !force) return;
  call.watchdog?.cancel();
  room.calls.delete(call.contactId);
  rememberEnd(room, call);
  for (const [legId, known] of room.legs) if (known.contactId === call.contactId) room.legs.delete(legId);
  room.records.close(call.contactId, room.clock.now());
  room.changes.changed(call.contactId, agentsOf(call));
}

/** How many ended calls are remembered. */
const MOST_REMEMBERED = 2_000;

function rememberEnd(room: VoiceRoom, call: Call): void {
  room.ended.set(call.contactId, call.fromUser);
  for (const oldest of room.ended.keys()) {
    if (room.ended.size <= MOST_REMEMBERED) break;
    room.ended.delete(oldest);
  }
}
