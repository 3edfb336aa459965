import {
  BellFilled,
  CheckCircleFilled,
  ClockCircleFilled,
  MinusCircleFilled,
  PauseCircleFilled,
  PhoneFilled,
  WarningFilled,
} from '@ant-design/icons';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Floor, LiveAgent } from '../../acd/api/contract/index.ts';
import { useWords } from '../lib/i18n/index.ts';
import { VirtualList } from '../lib/list/index.ts';
import { Elapsed } from '../lib/time/index.ts';
import { attentionOf, byAttention } from './attention.ts';
import { useFloorRoom } from './floor-room.tsx';

/** Narrowest card, in rem. */
const CARD_REM = 13;

/** How an agent looks: the state while something is there, else the chosen status. */
export function agentLook(agent: LiveAgent) {
  if (agent.state === 'handling') return { mood: 'talk', icon: PhoneFilled } as const;
  if (agent.state === 'offered') return { mood: 'warn', icon: BellFilled } as const;
  if (agent.state === 'wrap-up') return { mood: 'warn', icon: ClockCircleFilled } as const;
  if (agent.status === 'available') return { mood: 'good', icon: CheckCircleFilled } as const;
  if (agent.status === 'break') return { mood: 'away', icon: PauseCircleFilled } as const;
  return { mood: 'away', icon: MinusCircleFilled } as const;
}

export function AgentsGrid({ floor, onOpen }: { floor: Floor | undefined; onOpen: (agentId: string) => void }) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState(4);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setColumns(Math.max(1, Math.floor(element.clientWidth / (CARD_REM * rem))));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const rows = useMemo(() => {
    const sorted = floor ? byAttention(floor.agents, floor.serverNowMs) : [];
    return Array.from({ length: Math.ceil(sorted.length / columns) }, (_, row) =>
      sorted.slice(row * columns, (row + 1) * columns),
    );
  }, [floor, columns]);
  return (
    <>
      <div className="floor-head">
        <h2 className="panel-title">{t('floor.agents')}</h2>
        <span className="panel-title tabular">
          {floor?.agents.filter((agent) => agent.status !== 'offline').length ?? 0}
        </span>
      </div>
      <div ref={box} style={{ minHeight: 0 }}>
        {rows.length === 0 ? (
          <p className="floor-none">{floor ? t('floor.no-agents') : t('app.loading')}</p>
        ) : (
          <VirtualList
            items={rows}
            keyOf={(row) => row[0]?.agentId ?? ''}
            estimatePx={80}
            label={t('floor.agents')}
            row={(row) => (
              <div className="agents-row" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
                {row.map((agent) => (
                  <AgentCard key={agent.agentId} agent={agent} nowMs={floor?.serverNowMs ?? 0} onOpen={onOpen} />
                ))}
              </div>
            )}
          />
        )}
      </div>
    </>
  );
}

function AgentCard({ agent, nowMs, onOpen }: { agent: LiveAgent; nowMs: number; onOpen: (agentId: string) => void }) {
  const { t, name } = useWords();
  const { directory } = useFloorRoom();
  const attention = attentionOf(agent, nowMs);
  const { mood, icon: Icon } = agentLook(agent);
  const reason = directory?.breakReasons.find((one) => one.breakReasonId === agent.breakReasonId);
  const doing =
    agent.state !== 'idle'
      ? t(`agent-state.${agent.state}`)
      : agent.status === 'available'
        ? t('agent-state.idle')
        : reason
          ? name(reason.name)
          : t(`status.${agent.status}`);
  return (
    <button
      type="button"
      className="agent-card"
      data-testid="agent-card"
      data-mood={mood}
      data-attention={attention !== 'none'}
      onClick={() => onOpen(agent.agentId)}
    >
      {attention === 'none' ? <Icon /> : <WarningFilled style={{ color: 'var(--t-bad)' }} />}
      <strong>{agent.displayName}</strong>
      <Elapsed sinceMs={agent.sinceMs} />
      <small>
        {doing}
        {agent.draining && ` · ${t('agent.draining')}`}
        {attention === 'none'
          ? ` · ${t('agent.handled', { count: agent.handledToday })}`
          : ` · ${t(`attention.${attention}`)}`}
      </small>
    </button>
  );
}
