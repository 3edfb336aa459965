import type { DeskContact } from '../../../acd/api/contract/index.ts';
import { serverClock } from '../../lib/time/index.ts';
import { type useCommand, withContact } from '../room.tsx';

/** Hold is done by the switch, so that the customer hears music even if this page dies. */
export function toggleHold(command: ReturnType<typeof useCommand>, contact: DeskContact): Promise<boolean> {
  const hold = contact.state !== 'held';
  return command(
    'POST',
    `/contacts/${contact.contactId}/${hold ? 'hold' : 'unhold'}`,
    {},
    withContact(contact.contactId, (before) => ({
      ...before,
      state: hold ? 'held' : 'talking',
      sinceMs: serverClock.nowMs(),
    })),
  );
}
