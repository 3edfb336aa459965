import type { DeskContact } from '../../../acd/api/contract/index.ts';
import type { useCommand } from '../room.tsx';
import { useCallActions } from './call-actions.ts';

export type ConsultWay = 'complete' | 'conference' | 'cancel';

/** Leads a consultation on: the second party keeps the customer, all three talk, or the second party is let go. */
export async function endConsult(
  command: ReturnType<typeof useCommand>,
  contact: DeskContact,
  way: ConsultWay,
): Promise<void> {
  if (!contact.consult || (way !== 'cancel' && contact.consult.state === 'ringing')) return;
  if (way !== 'conference') useCallActions.setState({ consultEndedOf: contact.contactId });
  const done = await command('POST', `/contacts/${contact.contactId}/consult/${way}`, {});
  if (!done) useCallActions.setState({ consultEndedOf: undefined });
}
