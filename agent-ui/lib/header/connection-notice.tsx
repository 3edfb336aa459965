import { DisconnectOutlined, WarningOutlined } from '@ant-design/icons';
import type { Desk } from '../../../acd/api/contract/index.ts';
import { useWords } from '../i18n/index.ts';

interface Props {
  readonly connected: boolean;
  /** What still works without the server. */
  readonly still: string;
  readonly limits: Desk['limits'];
}

/** Says over the page that the server is away, or that it works with limits, and what still works. */
export function ConnectionNotice({ connected, still, limits }: Props) {
  const { t } = useWords();
  if (!connected)
    return (
      <div className="connection-notice" data-kind="away" role="alert" data-testid="not-connected">
        <DisconnectOutlined /> <strong>{t('connection.away')}</strong> {still}
      </div>
    );
  if (limits.length === 0) return null;
  return (
    <div className="connection-notice" data-kind="limits" role="status">
      <WarningOutlined />
      {limits.map((limit) => (
        <span key={limit}>{t(`limit.${limit}`)}</span>
      ))}
    </div>
  );
}
