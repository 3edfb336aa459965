import { CheckCircleFilled, LoadingOutlined, PauseCircleFilled } from '@ant-design/icons';
import type { Desk } from '../../acd/api/contract/index.ts';
import { useWords } from '../lib/i18n/index.ts';
import { usePhone } from '../lib/softphone/index.ts';
import { Elapsed } from '../lib/time/index.ts';
import './idle-panel.css';

/** The centre while nothing is there: whether calls can come, and who waits. */
export function IdlePanel({ desk }: { desk: Desk | undefined }) {
  const { t, name } = useWords();
  const { line } = usePhone();
  if (!desk) return <output className="idle">{t('app.loading')}</output>;
  const ready = desk.phoneRegistered && line === 'ready';
  const mood = desk.status !== 'available' ? 'away' : ready ? 'ready' : 'phone';
  const Icon = { away: PauseCircleFilled, ready: CheckCircleFilled, phone: LoadingOutlined }[mood];
  return (
    <section className="idle" data-mood={mood}>
      <Icon className="idle-icon" />
      <h1>{t(`idle.${mood}`)}</h1>
      <p>{t(`idle.${mood}-hint`)}</p>
      {desk.queues.length > 0 && (
        <ul className="idle-queues" aria-label={t('idle.queues')}>
          {desk.queues.map((queue) => (
            <li key={queue.queueId} data-waiting={queue.waiting > 0}>
              <span>{name(queue.name)}</span>
              <strong className="tabular">{queue.waiting}</strong>
              <small>
                {queue.waiting > 0 ? <Elapsed sinceMs={desk.serverNowMs - queue.longestWaitMs} /> : t('idle.nobody')}
              </small>
            </li>
          ))}
        </ul>
      )}
      <p className="idle-keys">
        <kbd>?</kbd> {t('idle.keys')}
      </p>
    </section>
  );
}
