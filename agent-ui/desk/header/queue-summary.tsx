import { Popover } from 'antd';
import type { QueueSummary } from '../../../acd/api/contract/index.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Elapsed } from '../../lib/time/index.ts';

interface Props {
  readonly queues: readonly QueueSummary[];
  /** When the figures were taken; waiting goes on from there. */
  readonly serverNowMs: number;
}

/** How many wait and for how long, over all the agent's queues; each queue on click. */
export function QueueSummaryButton({ queues, serverNowMs }: Props) {
  const { t, name } = useWords();
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0);
  const longestWaitMs = Math.max(0, ...queues.map((queue) => queue.longestWaitMs));
  const list = (
    <table className="queue-table">
      <thead>
        <tr>
          <th scope="col">{t('queue.name')}</th>
          <th scope="col">{t('queue.waiting')}</th>
          <th scope="col">{t('queue.longest')}</th>
        </tr>
      </thead>
      <tbody>
        {queues.map((queue) => (
          <tr key={queue.queueId}>
            <th scope="row">{name(queue.name)}</th>
            <td className="tabular">{queue.waiting}</td>
            <td>{queue.waiting > 0 ? <Elapsed sinceMs={serverNowMs - queue.longestWaitMs} /> : t('sign.none')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <Popover content={list} trigger="click" placement="bottomLeft">
      <button type="button" className="queue-summary" data-waiting={waiting > 0}>
        <span className="tabular">{t('queue.summary', { count: waiting })}</span>
        {waiting > 0 && (
          <span>
            {t('queue.longest')} <Elapsed sinceMs={serverNowMs - longestWaitMs} />
          </span>
        )}
      </button>
    </Popover>
  );
}
