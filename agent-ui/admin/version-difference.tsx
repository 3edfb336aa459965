import { Button, Popconfirm } from 'antd';
import { useEffect, useState } from 'react';
import { useWords } from '../lib/i18n/index.ts';
import { useSayRefusal } from '../lib/notices/index.ts';
import { request } from '../lib/server/index.ts';
import { DifferenceView } from './difference-view.tsx';
import { MoveContacts } from './move-contacts.tsx';
import { undecidedQueues } from './removed-queues.ts';
import { asText, type WholeConfiguration } from './whole-configuration.ts';

interface Props {
  readonly version: number;
  readonly active: WholeConfiguration;
  readonly onRestored: () => void;
  readonly onClose: () => void;
}

/** An older version against the active one, and the way back to it. */
export function VersionDifference({ version, active, onRestored, onClose }: Props) {
  const { t } = useWords();
  const say = useSayRefusal();
  const [older, setOlder] = useState<WholeConfiguration>();
  useEffect(() => {
    void request<WholeConfiguration>('GET', `/configuration/versions/${version}`).then(
      (answer) => say(answer) && setOlder(answer.value),
    );
  }, [version, say]);
  const [removed, setRemoved] = useState<readonly string[]>([]);
  const [moves, setMoves] = useState<Readonly<Record<string, string>>>({});
  const restore = async () => {
    const answer =
      older && removed.length > 0
        ? await request('PUT', '/configuration', {
            baseVersion: active.version,
            note: t('admin.restored-note', { version }),
            configuration: older.configuration,
            moveContacts: moves,
          })
        : await request('POST', `/configuration/versions/${version}/restore`, {});
    const undecided = answer.kind === 'refused' ? undecidedQueues(answer.problem.fields ?? []) : [];
    if (undecided.length > 0) setRemoved((known) => [...new Set([...known, ...undecided])]);
    else if (say(answer)) onRestored();
  };
  const decided = removed.every((queueId) => moves[queueId] !== undefined);
  return (
    <div className="version-difference">
      <header>
        <h2>{t('admin.compare', { active: active.version, version })}</h2>
        <span className="in-line">
          <Popconfirm title={t('admin.restore-sure', { version })} onConfirm={() => void restore()}>
            <Button type="primary" disabled={!decided} data-testid="restore">
              {t('admin.restore', { version })}
            </Button>
          </Popconfirm>
          <Button onClick={onClose}>{t('admin.back')}</Button>
        </span>
      </header>
      {older && (
        <MoveContacts
          queueIds={removed}
          before={active.configuration}
          after={older.configuration}
          moves={moves}
          onMove={(from, to) => setMoves((known) => ({ ...known, [from]: to }))}
        />
      )}
      {older ? (
        <DifferenceView before={asText(active.configuration)} after={asText(older.configuration)} />
      ) : (
        <p className="quiet">{t('app.loading')}</p>
      )}
    </div>
  );
}
