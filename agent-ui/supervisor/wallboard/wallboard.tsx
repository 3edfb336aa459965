import {
  CaretRightOutlined,
  CloseOutlined,
  DisconnectOutlined,
  FullscreenOutlined,
  PauseOutlined,
} from '@ant-design/icons';
import { type CSSProperties, type ReactNode, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Floor, LiveQueue } from '../../../acd/api/contract/index.ts';
import { LanguageSwitch } from '../../lib/header/index.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Elapsed, formatSpan, formatTimeOfDay, serverClock } from '../../lib/time/index.ts';
import { useFloorLive, useFloorRoom } from '../floor-room.tsx';
import { type Level, serviceLevelLevel, waitLevel } from '../queues-table.tsx';
import { Sparkline } from '../sparkline.tsx';
import './wallboard.css';

const TURN_MS = 12_000;
const CLOCK_MS = 1_000;

/** The floor on a big screen: all queues first, then each queue on its own, in turns. */
export function Wallboard() {
  const { t, name, locale } = useWords();
  const navigate = useNavigate();
  const floor = useFloorLive((live) => live.state);
  const connected = useFloorLive((live) => live.connected);
  const [turn, setTurn] = useState(0);
  const [turning, setTurning] = useState(true);
  const [clock, setClock] = useState(() => serverClock.nowMs());
  useEffect(() => {
    const timer = setInterval(() => setClock(serverClock.nowMs()), CLOCK_MS);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (!turning) return;
    const timer = setInterval(() => setTurn((before) => before + 1), TURN_MS);
    return () => clearInterval(timer);
  }, [turning]);
  if (!floor) return <output className="app-blank">{t('app.loading')}</output>;
  const pages = floor.queues.length > 1 ? floor.queues.length + 1 : floor.queues.length;
  const at = pages === 0 ? 0 : turn % pages;
  const queue = floor.queues.length > 1 ? floor.queues[at - 1] : floor.queues[0];
  return (
    <div className="wallboard" data-testid="wallboard">
      <header>
        <h1>{queue ? name(queue.name) : t('wallboard.all')}</h1>
        {!connected && (
          <span className="wallboard-away" role="alert">
            <DisconnectOutlined /> {t('connection.away')}
          </span>
        )}
        <span className="wallboard-clock tabular">{formatTimeOfDay(clock, locale)}</span>
        <span className="wallboard-tools">
          <LanguageSwitch />
          <button
            type="button"
            onClick={() => setTurning(!turning)}
            aria-label={turning ? t('wallboard.stay') : t('wallboard.turn')}
          >
            {turning ? <PauseOutlined /> : <CaretRightOutlined />}
          </button>
          <button
            type="button"
            aria-label={t('wallboard.full')}
            onClick={() => void document.documentElement.requestFullscreen?.().catch(() => {})}
          >
            <FullscreenOutlined />
          </button>
          <button type="button" aria-label={t('wallboard.close')} onClick={() => void navigate('/supervisor')}>
            <CloseOutlined />
          </button>
        </span>
      </header>
      {queue ? <OneQueue queue={queue} floor={floor} /> : <AllQueues floor={floor} />}
      <footer aria-hidden="true">
        {Array.from({ length: pages }, (_, page) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: dots have no identity but their place
          <i key={page} data-now={page === at} />
        ))}
      </footer>
    </div>
  );
}

function Figure({ label, level = 'none', children }: { label: string; level?: Level; children: ReactNode }) {
  return (
    <div className="wallboard-figure" data-level={level}>
      <dt>{label}</dt>
      <dd className="tabular">{children}</dd>
    </div>
  );
}

function OneQueue({ queue, floor }: { queue: LiveQueue; floor: Floor }) {
  const { t, locale } = useWords();
  const { history } = useFloorRoom();
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <main className="wallboard-one">
      <dl>
        <Figure label={t('queue.waiting')} level={waitLevel(queue)}>
          {queue.waiting}
        </Figure>
        <Figure label={t('queue.longest')} level={waitLevel(queue)}>
          {queue.waiting > 0 ? <Elapsed sinceMs={floor.serverNowMs - queue.longestWaitMs} /> : t('sign.none')}
        </Figure>
        <Figure label={t('queue.service-level')} level={serviceLevelLevel(queue.serviceLevel)}>
          {queue.serviceLevel === undefined ? t('sign.none') : percent.format(queue.serviceLevel)}
        </Figure>
        <Figure label={t('queue.idle')}>
          {queue.agentsIdle}
          <small> / {queue.agentsSignedIn}</small>
        </Figure>
        <Figure label={t('queue.answered')}>{queue.answeredToday}</Figure>
        <Figure label={t('queue.abandoned')}>{queue.abandonedToday}</Figure>
      </dl>
      <Sparkline values={history.of(queue.queueId)} />
    </main>
  );
}

/** How many queues are read from two metres. */
const ROWS = 8;
const FEWEST_ROWS = 4;

function AllQueues({ floor }: { floor: Floor }) {
  const { t, name, locale } = useWords();
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const shown = [...floor.queues].sort((a, b) => b.longestWaitMs - a.longestWaitMs).slice(0, ROWS);
  return (
    <main className="wallboard-all">
      <table style={{ '--rows': Math.max(FEWEST_ROWS, shown.length) } as CSSProperties}>
        <thead>
          <tr>
            <th scope="col">{t('queue.name')}</th>
            <th scope="col">{t('queue.waiting')}</th>
            <th scope="col">{t('queue.longest')}</th>
            <th scope="col">{t('queue.estimate')}</th>
            <th scope="col">{t('queue.idle')}</th>
            <th scope="col">{t('queue.service-level')}</th>
          </tr>
        </thead>
        <tbody className="tabular">
          {shown.map((queue) => (
            <tr key={queue.queueId}>
              <th scope="row">{name(queue.name)}</th>
              <td data-level={waitLevel(queue)}>{queue.waiting}</td>
              <td data-level={waitLevel(queue)}>
                {queue.waiting > 0 ? <Elapsed sinceMs={floor.serverNowMs - queue.longestWaitMs} /> : t('sign.none')}
              </td>
              <td>{queue.estimatedWaitMs === undefined ? t('sign.none') : formatSpan(queue.estimatedWaitMs)}</td>
              <td>{queue.agentsIdle}</td>
              <td data-level={serviceLevelLevel(queue.serviceLevel)}>
                {queue.serviceLevel === undefined ? t('sign.none') : percent.format(queue.serviceLevel)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}
