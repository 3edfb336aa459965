import { Select } from 'antd';
import { useId } from 'react';
import { useWords } from '../lib/i18n/index.ts';
import { queuesOf } from './removed-queues.ts';
import type { WholeConfiguration } from './whole-configuration.ts';

type Configuration = WholeConfiguration['configuration'];

interface Props {
  /** Removed queues with waiting contacts. */
  readonly queueIds: readonly string[];
  readonly before: Configuration;
  readonly after: Configuration;
  readonly moves: Readonly<Record<string, string>>;
  readonly onMove: (fromQueueId: string, toQueueId: string) => void;
}

/** Asks where the contacts go that wait in queues which a change removes. */
export function MoveContacts({ queueIds, before, after, moves, onMove }: Props) {
  const { t, name } = useWords();
  const id = useId();
  const labelOf = (queueId: string, configuration: Configuration) => {
    const known = queuesOf(configuration).find((queue) => queue.id === queueId)?.name;
    return known ? name(known) : queueId;
  };
  const options = queuesOf(after).map((queue) => ({ value: queue.id, label: labelOf(queue.id, after) }));
  if (queueIds.length === 0) return null;
  return (
    <section className="move-contacts" data-testid="move-contacts">
      <h2 className="panel-title">{t('admin.move')}</h2>
      <p className="quiet">{t('admin.move-hint')}</p>
      {queueIds.map((queueId) => (
        <div key={queueId} className="move-contact">
          <label htmlFor={`${id}.${queueId}`}>{t('admin.move-from', { queue: labelOf(queueId, before) })}</label>
          <Select
            id={`${id}.${queueId}`}
            value={moves[queueId] ?? null}
            placeholder={t('admin.move-to')}
            options={options}
            onChange={(to: string | null) => to && onMove(queueId, to)}
          />
        </div>
      ))}
    </section>
  );
}
