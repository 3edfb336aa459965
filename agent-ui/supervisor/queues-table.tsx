import type { Floor, LiveQueue } from '../../acd/api/contract/index.ts';
import { useWords } from '../lib/i18n/index.ts';
import { Elapsed, formatSpan } from '../lib/time/index.ts';
import { useFloorRoom } from './floor-room.tsx';
import { Sparkline } from './sparkline.tsx';

const SLOW_MS = { warn: 30_000, bad: 60_000 } as const;
const SERVICE = { good: 0.8, warn: 0.7 } as const;

export type Level = 'none' | 'good' | 'warn' | 'bad';
export function waitLevel(queue: Pick<LiveQueue, 'waiting' | 'longestWaitMs'>): Level {
  if (queue.waiting === 0) return 'none';
  if (queue.longestWaitMs >= SLOW_MS.bad) return 'bad';
  return queue.longestWaitMs >= SLOW_MS.warn ? 'warn' : 'none';
}
export function serviceLevelLevel(serviceLevel: number | undefined): Level {
  if (serviceLevel === undefined) return 'none';
  if (serviceLevel >= SERVICE.good) return 'good';
  return serviceLevel >= SERVICE.warn ? 'warn' : 'bad';
}

/** Every queue: who waits, who works, how well it goes, and how far the announced waits were off. */
export function QueuesTable({ floor }: { floor: Floor | undefined }) {
  const { t, name, locale } = useWords();
  const { history } = useFloorRoom();
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <>
      <div className="floor-head">
        <h2 className="panel-title">{t('floor.queues')}</h2>
      </div>
      {!floor || floor.queues.length === 0 ? (
        <p className="floor-none">{floor ? t('floor.no-queues') : t('app.loading')}</p>
      ) : (
        <div className="queues-scroll">
          <table data-testid="queues-table">
            <thead>
              <tr>
                <th scope="col">{t('queue.name')}</th>
                <th scope="col">{t('queue.waiting-hour')}</th>
                <th scope="col">{t('queue.longest')}</th>
                <th scope="col">{t('queue.estimate')}</th>
                <th scope="col">{t('queue.handling')}</th>
                <th scope="col">{t('queue.idle')}</th>
                <th scope="col">{t('queue.answered')}</th>
                <th scope="col">{t('queue.abandoned')}</th>
                <th scope="col">{t('queue.service-level')}</th>
              </tr>
            </thead>
            <tbody className="tabular">
              {floor.queues.map((queue) => (
                <tr key={queue.queueId}>
                  <th scope="row">{name(queue.name)}</th>
                  <td>
                    <span className="queue-waiting">
                      <Sparkline values={history.of(queue.queueId)} />
                      <strong data-level={waitLevel(queue)}>{queue.waiting}</strong>
                    </span>
                  </td>
                  <td data-level={waitLevel(queue)}>
                    {queue.waiting > 0 ? <Elapsed sinceMs={floor.serverNowMs - queue.longestWaitMs} /> : t('sign.none')}
                  </td>
                  <td>
                    {queue.estimatedWaitMs === undefined ? t('sign.none') : formatSpan(queue.estimatedWaitMs)}
                    {queue.estimateError && (
                      <small title={t('queue.estimate-error-hint', { count: queue.estimateError.samples })}>
                        {t('queue.estimate-error', { span: formatSpan(queue.estimateError.meanAbsoluteMs) })}
                      </small>
                    )}
                  </td>
                  <td>{queue.handling}</td>
                  <td>
                    {queue.agentsIdle}
                    <small>/ {queue.agentsSignedIn}</small>
                  </td>
                  <td>{queue.answeredToday}</td>
                  <td>{queue.abandonedToday}</td>
                  <td data-level={serviceLevelLevel(queue.serviceLevel)}>
                    {queue.serviceLevel === undefined ? t('sign.none') : percent.format(queue.serviceLevel)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
