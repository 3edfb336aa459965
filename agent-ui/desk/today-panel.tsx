import { useEffect } from 'react';
import type { ContactSummary, Desk } from '../../acd/api/contract/index.ts';
import { useWords } from '../lib/i18n/index.ts';
import { useContactPages, VirtualList } from '../lib/list/index.ts';
import { formatSpan, formatTimeOfDay } from '../lib/time/index.ts';
import { ChannelIcon } from './contact-list.tsx';
import './today-panel.css';

/** The agent's day: how many, how long, and each contact. Read anew whenever the day's figures change. */
export function TodayPanel({ desk }: { desk: Desk | undefined }) {
  const { t } = useWords();
  const { items, restart, more } = useContactPages('/contacts/today');
  const mark = desk ? `${desk.today.handled}/${desk.today.missed}/${desk.contacts.length}` : undefined;
  useEffect(() => {
    if (mark !== undefined) restart();
  }, [mark, restart]);
  return (
    <section className="today">
      <div className="today-head">
        <h2 className="panel-title">{t('today.title')}</h2>
        <dl>
          <Figure label={t('today.handled')} value={desk ? String(desk.today.handled) : t('sign.none')} />
          <Figure
            label={t('today.average')}
            value={desk && desk.today.handled > 0 ? formatSpan(desk.today.averageHandleMs) : t('sign.none')}
          />
          <Figure
            label={t('today.missed')}
            value={desk ? String(desk.today.missed) : t('sign.none')}
            bad={(desk?.today.missed ?? 0) > 0}
          />
        </dl>
      </div>
      {items.length === 0 ? (
        <p className="today-none">{t('today.none')}</p>
      ) : (
        <VirtualList
          items={items}
          keyOf={(item) => item.contactId}
          estimatePx={52}
          label={t('today.title')}
          onEnd={more}
          row={(item) => <TodayRow item={item} />}
        />
      )}
    </section>
  );
}

function Figure({ label, value, bad = false }: { label: string; value: string; bad?: boolean }) {
  return (
    <div data-bad={bad}>
      <dt>{label}</dt>
      <dd className="tabular">{value}</dd>
    </div>
  );
}

function TodayRow({ item }: { item: ContactSummary }) {
  const { t, name, locale } = useWords();
  return (
    <div className="today-row">
      <span className="today-icon">
        <ChannelIcon channel={item.channel} />
      </span>
      <span className="today-who">{item.customerName || item.callerNumber}</span>
      <span className="tabular today-length">{formatSpan(item.talkMs)}</span>
      <span className="today-what">
        <span className="tabular">{formatTimeOfDay(item.startedAtMs, locale)}</span>{' '}
        {item.dispositionName ? name(item.dispositionName) : item.outcome ? t(`outcome.${item.outcome}`) : ''}
      </span>
    </div>
  );
}
