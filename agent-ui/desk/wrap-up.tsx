import { ClockCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import type { DeskContact } from '../../acd/api/contract/index.ts';
import { useWords } from '../lib/i18n/index.ts';
import { request } from '../lib/server/index.ts';
import { formatSpan, Remaining, useSecondsUntil } from '../lib/time/index.ts';
import { dropDraft, readDraft } from './notes-draft.ts';
import { useCommand, useDeskRoom, withContact } from './room.tsx';
import './wrap-up.css';

const SAVE_AFTER_MS = 700;
const NOTES_LIMIT = 4_000;
const HURRY_SECONDS = 10;

/** After the call: how it ended, notes, and the time that is left. What is typed is saved while typing. */
export function WrapUp({ contact }: { contact: DeskContact }) {
  const { t, name } = useWords();
  const { directory } = useDeskRoom();
  const command = useCommand();
  const ids = { notes: useId(), disposition: useId() };
  const wrapUp = contact.wrapUp;
  const [dispositionId, setDispositionId] = useState(wrapUp?.dispositionId);
  const [notes, setNotes] = useState(() => wrapUp?.notes || readDraft(contact.contactId));
  const [busy, setBusy] = useState(false);
  const path = `/contacts/${contact.contactId}/wrap-up`;
  const body = (done: boolean) => ({ ...(dispositionId ? { dispositionId } : {}), notes, done });

  const unsaved = useRef(notes !== (wrapUp?.notes ?? ''));
  // biome-ignore lint/correctness/useExhaustiveDependencies: saves once typing rests; `body` is made of exactly these two
  useEffect(() => {
    if (!unsaved.current) return;
    const timer = setTimeout(() => {
      unsaved.current = false;
      void request('PUT', path, body(false));
    }, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [notes, dispositionId, path]);

  const done = async () => {
    if (busy) return;
    unsaved.current = false;
    setBusy(true);
    const ended = await command(
      'PUT',
      path,
      body(true),
      withContact(contact.contactId, () => undefined),
    );
    if (ended) dropDraft(contact.contactId);
    setBusy(false);
  };
  const dispositions = directory?.dispositions ?? [];

  return (
    <section
      className="wrap-up"
      data-testid="wrap-up"
      aria-label={t('contact-state.wrap-up')}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void done();
        }
      }}
    >
      <header>
        <div>
          <p className="wrap-up-label">
            <ClockCircleOutlined /> {t('contact-state.wrap-up')}
          </p>
          <h1>{contact.customer.displayName || contact.callerNumber}</h1>
          <p className="wrap-up-sum tabular">
            {contact.talkStartedAtMs !== undefined &&
              t('wrap-up.talked', { span: formatSpan(contact.sinceMs - contact.talkStartedAtMs) })}
          </p>
        </div>
        {wrapUp && <TimeLeft contact={contact} onExtend={() => void command('POST', `${path}/extend`, {})} />}
      </header>
      <fieldset data-testid="disposition">
        <legend>{t('wrap-up.disposition')}</legend>
        <div className="dispositions">
          {dispositions.map((disposition) => (
            <label key={disposition.dispositionId} data-chosen={disposition.dispositionId === dispositionId}>
              <input
                type="radio"
                name={ids.disposition}
                data-testid={`disposition-${disposition.dispositionId}`}
                checked={disposition.dispositionId === dispositionId}
                onChange={() => {
                  unsaved.current = true;
                  setDispositionId(disposition.dispositionId);
                }}
              />
              {name(disposition.name)}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="wrap-up-notes">
        <label htmlFor={ids.notes}>{t('wrap-up.notes')}</label>
        <textarea
          id={ids.notes}
          data-testid="notes"
          maxLength={NOTES_LIMIT}
          value={notes}
          placeholder={t('wrap-up.notes-hint')}
          onChange={(event) => {
            unsaved.current = true;
            setNotes(event.target.value);
          }}
        />
      </div>
      <footer>
        <span>
          <kbd>Ctrl</kbd> <kbd>Enter</kbd>
        </span>
        <Button type="primary" size="large" loading={busy} onClick={done} data-testid="wrap-up-done">
          {t('wrap-up.done')}
        </Button>
      </footer>
    </section>
  );
}

function TimeLeft({ contact, onExtend }: { contact: DeskContact; onExtend: () => void }) {
  const { t } = useWords();
  const endsAtMs = contact.wrapUp?.endsAtMs ?? 0;
  const extensionsLeft = contact.wrapUp?.extensionsLeft ?? 0;
  const seconds = useSecondsUntil(endsAtMs);
  const whole = Math.max(1, (endsAtMs - contact.sinceMs) / 1000);
  return (
    <div className="time-left" data-hurry={seconds <= HURRY_SECONDS}>
      <Remaining untilMs={endsAtMs} className="time-left-clock" />
      <span className="time-left-bar" aria-hidden="true">
        <i style={{ inlineSize: `${Math.min(100, (seconds / whole) * 100)}%` }} />
      </span>
      <Button size="small" disabled={extensionsLeft === 0} onClick={onExtend} data-testid="wrap-up-extend">
        {t('wrap-up.extend', { count: extensionsLeft })}
      </Button>
    </div>
  );
}
