import { useId } from 'react';
import { useWords } from '../lib/i18n/index.ts';
import './call-notes.css';
import { useNotesDraft } from './notes-draft.ts';

const NOTES_LIMIT = 4_000;

/** A notepad during the call; its text goes into the wrap-up. */
export function CallNotes({ contactId }: { contactId: string }) {
  const { t } = useWords();
  const id = useId();
  const [text, setText] = useNotesDraft(contactId);
  return (
    <div className="call-notes">
      <label htmlFor={id} className="panel-title">
        {t('call.notes')}
      </label>
      <textarea
        id={id}
        maxLength={NOTES_LIMIT}
        value={text}
        placeholder={t('call.notes-hint')}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  );
}
