import type { DeskContact } from '../../../acd/api/contract/index.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { formatSpan, formatTimeOfDay } from '../../lib/time/index.ts';

/** Why the customer calls: the way through the menu, then the wait. */
export function PathView({ contact }: { contact: DeskContact }) {
  const { t, name, locale } = useWords();
  return (
    <section className="path">
      <h2 className="panel-title">{t('path.title')}</h2>
      <ol>
        {contact.path.map((step) => (
          <li key={`${step.atMs}.${step.label.en}`}>
            <span>
              {name(step.label)}
              {step.value && <strong>{step.value}</strong>}
            </span>
            <time className="tabular">{formatTimeOfDay(step.atMs, locale)}</time>
          </li>
        ))}
        <li data-kind="wait">
          <span>{t('path.waited', { span: formatSpan(contact.waitedMs) })}</span>
        </li>
      </ol>
    </section>
  );
}
