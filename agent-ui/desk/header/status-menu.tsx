import {
  CheckCircleFilled,
  CoffeeOutlined,
  DownOutlined,
  MinusCircleFilled,
  PauseCircleFilled,
} from '@ant-design/icons';
import { Dropdown } from 'antd';
import type { AgentStatus, Desk } from '../../../acd/api/contract/index.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Elapsed, serverClock } from '../../lib/time/index.ts';
import { useCommand, useDeskRoom } from '../room.tsx';

const ICONS = { available: CheckCircleFilled, break: PauseCircleFilled, offline: MinusCircleFilled } as const;

/** What the agent chose, since when, and what else can be chosen. */
export function StatusMenu({ desk }: { desk: Desk }) {
  const { t, name } = useWords();
  const { directory, reloadDirectory } = useDeskRoom();
  const command = useCommand();
  const choose = (status: AgentStatus, breakReasonId?: string) =>
    command(
      'PUT',
      '/status',
      { status, ...(breakReasonId ? { breakReasonId } : {}) },
      (before) =>
        ({
          ...before,
          status,
          statusSinceMs: serverClock.nowMs(),
          breakReasonId,
        }) as Desk,
    );
  const known = directory?.breakReasons ?? [];
  const reasons = known.filter((one) => !one.system);
  const reason = known.find((one) => one.breakReasonId === desk.breakReasonId);
  const Icon = ICONS[desk.status];
  const option = (testId: string, label: string) => <span data-testid={testId}>{label}</span>;
  return (
    <Dropdown
      trigger={['click']}
      onOpenChange={(open) => open && !directory && reloadDirectory()}
      menu={{
        selectable: true,
        selectedKeys: [desk.status === 'break' ? `break.${desk.breakReasonId ?? ''}` : desk.status],
        items: [
          {
            key: 'available',
            icon: <CheckCircleFilled className="status-icon" data-status="available" />,
            label: option('status-option-available', t('status.available')),
            onClick: () => void choose('available'),
          },
          { type: 'divider' },
          ...(reasons.length > 0 ? reasons : [undefined]).map((one) => ({
            key: `break.${one?.breakReasonId ?? ''}`,
            icon: <CoffeeOutlined className="status-icon" data-status="break" />,
            label: option(
              `status-option-break-${one?.breakReasonId ?? 'plain'}`,
              one ? name(one.name) : t('status.break'),
            ),
            onClick: () => void choose('break', one?.breakReasonId),
          })),
          { type: 'divider' as const },
          {
            key: 'offline',
            icon: <MinusCircleFilled className="status-icon" data-status="offline" />,
            label: option('status-option-offline', t('status.offline')),
            onClick: () => void choose('offline'),
          },
        ],
      }}
    >
      <button type="button" className="status-button" data-testid="status-select" data-status={desk.status}>
        <Icon className="status-icon" data-status={desk.status} />
        <span className="status-name">{reason ? name(reason.name) : t(`status.${desk.status}`)}</span>
        <Elapsed sinceMs={desk.statusSinceMs} />
        <DownOutlined className="status-arrow" />
      </button>
    </Dropdown>
  );
}
