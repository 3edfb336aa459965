import { useCallback, useState } from 'react';

const keyOf = (contactId: string) => `tandem.notes.${contactId}`;

export const readDraft = (contactId: string): string => sessionStorage.getItem(keyOf(contactId)) ?? '';
export const dropDraft = (contactId: string): void => sessionStorage.removeItem(keyOf(contactId));

/** Notes on a running contact, kept in this tab until the wrap-up takes them, so that a reload loses nothing. */
export function useNotesDraft(contactId: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => readDraft(contactId));
  const write = useCallback(
    (next: string) => {
      setText(next);
      sessionStorage.setItem(keyOf(contactId), next);
    },
    [contactId],
  );
  return [text, write];
}
