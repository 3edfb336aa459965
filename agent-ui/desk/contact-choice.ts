import type { DeskContact } from '../../acd/api/contract/index.ts';

const ATTENTION: readonly DeskContact['state'][] = ['ringing', 'talking', 'connecting', 'held', 'wrap-up'];

/** The contact in the centre: the one the agent chose, else the one that needs attention first. */
export function pickContact(contacts: readonly DeskContact[], chosenId: string | undefined): DeskContact | undefined {
  const chosen = contacts.find((contact) => contact.contactId === chosenId);
  if (chosen) return chosen;
  return [...contacts].sort((a, b) => ATTENTION.indexOf(a.state) - ATTENTION.indexOf(b.state))[0];
}
