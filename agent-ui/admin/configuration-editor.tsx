import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useEffect, useId, useMemo, useState } from 'react';
import type { configurationCheckSchema } from '../../acd/api/contract/index.ts';
import { useWords } from '../lib/i18n/index.ts';
import { useSayRefusal } from '../lib/notices/index.ts';
import { request } from '../lib/server/index.ts';
import { DifferenceView } from './difference-view.tsx';
import { MoveContacts } from './move-contacts.tsx';
import { queuesOf, undecidedQueues } from './removed-queues.ts';
import { asText, type WholeConfiguration } from './whole-configuration.ts';

type Check = ReturnType<typeof configurationCheckSchema.parse>;
const CHECK_AFTER_MS = 600;
const NOTE_LIMIT = 400;

type Parsed = { readonly value: Record<string, unknown> } | { readonly fault: string };
function parse(text: string): Parsed {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value: { ...value } };
    return { fault: '' };
  } catch (cause) {
    return { fault: cause instanceof Error ? cause.message : '' };
  }
}

/** The decisions that still count: a queue may have come back while one typed. */
function stillRemoved(moves: Readonly<Record<string, string>>, configuration: Record<string, unknown>) {
  const there = new Set(queuesOf(configuration).map((queue) => queue.id));
  return Object.fromEntries(Object.entries(moves).filter(([queueId]) => !there.has(queueId)));
}

/** Edits the active version as JSON. The server checks while one types and names every problem by its path. */
export function ConfigurationEditor({ active, onSaved }: { active: WholeConfiguration; onSaved: () => void }) {
  const { t } = useWords();
  const say = useSayRefusal();
  const before = useMemo(() => asText(active.configuration), [active]);
  const [text, setText] = useState(before);
  const [note, setNote] = useState('');
  const [check, setCheck] = useState<Check>();
  const [busy, setBusy] = useState(false);
  const [moves, setMoves] = useState<Readonly<Record<string, string>>>({});
  const [removed, setRemoved] = useState<readonly string[]>([]);
  const ids = { text: useId(), note: useId() };
  const parsed = useMemo(() => parse(text), [text]);
  const changed = text !== before;
  const body = useMemo(
    () =>
      'value' in parsed
        ? {
            baseVersion: active.version,
            note,
            configuration: parsed.value,
            moveContacts: stillRemoved(moves, parsed.value),
          }
        : undefined,
    [parsed, active.version, note, moves],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new note needs no new check
  useEffect(() => {
    setCheck(undefined);
    if (!changed || !body) return;
    let over = false;
    const timer = setTimeout(async () => {
      const answer = await request<Check>('POST', '/configuration/check', body);
      if (over || answer.kind !== 'ok') return;
      setCheck(answer.value);
      const undecided = undecidedQueues(answer.value.problems);
      // A queue that was decided on stays on the page, so that the choice can be changed.
      setRemoved((known) => [
        ...new Set([...known.filter((queueId) => stillRemoved(moves, body.configuration)[queueId]), ...undecided]),
      ]);
    }, CHECK_AFTER_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [parsed, changed, moves]);
  const save = async () => {
    if (!body) return;
    setBusy(true);
    const answer = await request('PUT', '/configuration', body);
    setBusy(false);
    if (answer.kind === 'refused' && answer.problem.fields) {
      setCheck({ valid: false, problems: answer.problem.fields });
      setRemoved(undecidedQueues(answer.problem.fields));
    }
    if (say(answer)) onSaved();
  };
  return (
    <div className="editor">
      <div className="editor-text">
        <label htmlFor={ids.text} className="panel-title">
          {t('admin.edit', { version: active.version })}
        </label>
        <textarea
          id={ids.text}
          data-testid="configuration-text"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <div className="editor-side">
        <section aria-live="polite">
          <h2 className="panel-title">{t('admin.check')}</h2>
          {'fault' in parsed ? (
            <p className="problem">
              <CloseCircleOutlined /> {t('admin.not-json', { fault: parsed.fault })}
            </p>
          ) : !changed ? (
            <p className="quiet">{t('admin.unchanged')}</p>
          ) : !check ? (
            <p className="quiet">{t('admin.checking')}</p>
          ) : check.valid ? (
            <p className="fine">
              <CheckCircleOutlined /> {t('admin.valid')}
            </p>
          ) : (
            <ul className="problems" data-testid="problems">
              {check.problems.map((problem) => (
                <li key={`${problem.path}.${problem.message}`} className="problem">
                  <code>{problem.path || t('admin.whole')}</code>
                  {problem.message}
                </li>
              ))}
            </ul>
          )}
        </section>
        {changed && 'value' in parsed && (
          <MoveContacts
            queueIds={removed}
            before={active.configuration}
            after={parsed.value}
            moves={moves}
            onMove={(from, to) => setMoves((known) => ({ ...known, [from]: to }))}
          />
        )}
        {changed && 'value' in parsed && (
          <section className="editor-difference">
            <h2 className="panel-title">{t('admin.difference')}</h2>
            <DifferenceView before={before} after={text} />
          </section>
        )}
        <section className="editor-save">
          <label htmlFor={ids.note}>{t('admin.note')}</label>
          <Input
            id={ids.note}
            maxLength={NOTE_LIMIT}
            value={note}
            placeholder={t('admin.note-hint')}
            onChange={(event) => setNote(event.target.value)}
          />
          <div className="in-line">
            <Button
              type="primary"
              data-testid="configuration-save"
              loading={busy}
              disabled={!changed || !check?.valid}
              onClick={() => void save()}
            >
              {t('admin.save')}
            </Button>
            <Button disabled={!changed} onClick={() => setText(before)}>
              {t('admin.discard')}
            </Button>
          </div>
        </section>
      </div>
    </div>
  );
}
