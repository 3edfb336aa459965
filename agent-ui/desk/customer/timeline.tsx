import { useEffect } from 'react';
import type { ContactSummary } from '../../../acd/api/contract/index.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useContactPages, VirtualList } from '../../lib/list/index.ts';
import { formatMoment, formatSpan, serverClock } from '../../lib/time/index.ts';
import { ChannelIcon } from '../contact-list.tsx';
import { RecordingPlayer } from './recording-player.tsx';

/** Every contact of the customer on every channel, newest first, loaded as it is read. */
export function Timeline({ customerId, refreshOn }: { customerId: string; refreshOn: string }) {
  const { t } = useWords();
  const { items, loading, restart, more } = useContactPages(`/customers/${customerId}/timeline`);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the contact's state adds to the timeline
  useEffect(restart, [restart, refreshOn]);
  return (
    <section className="timeline">
      <h2 className="panel-title">{t('timeline.title')}</h2>
      {items.length > 0 ? (
        <VirtualList
          items={items}
          keyOf={(item) => item.contactId}
          estimatePx={76}
          label={t('timeline.title')}
          testId="timeline-item"
          onEnd={more}
          row={(item) => <TimelineRow item={item} />}
        />
      ) : (
        <p className="timeline-none" role="status">
          {loading === 'first'
            ? t('timeline.loading')
            : loading === 'failed'
              ? t('timeline.failed')
              : t('timeline.none')}
        </p>
      )}
    </section>
  );
}

function TimelineRow({ item }: { item: ContactSummary }) {
  const { t, name, locale } = useWords();
  const facts = [
    item.talkMs > 0 ? formatSpan(item.talkMs) : undefined,
    item.agentName,
    item.queueName ? name(item.queueName) : undefined,
  ].filter((fact) => fact !== undefined);
  return (
    <article className="timeline-row">
      <span className="timeline-icon" data-direction={item.direction}>
        <ChannelIcon channel={item.channel} />
      </span>
      <div>
        <p className="timeline-head">
          <strong>
            {item.dispositionName
              ? name(item.dispositionName)
              : item.outcome
                ? t(`outcome.${item.outcome}`)
                : t('timeline.running')}
          </strong>
          <time className="tabular">{formatMoment(item.startedAtMs, locale, serverClock.nowMs())}</time>
        </p>
        <p className="timeline-facts tabular">
          {t(`direction.${item.direction}`)}
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
        {item.notes && <p className="timeline-notes">{item.notes}</p>}
        {item.recordings.map((recording) => (
          <RecordingPlayer key={recording.recordingId} recording={recording} />
        ))}
      </div>
    </article>
  );
}
