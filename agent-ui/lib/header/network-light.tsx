import { Tooltip } from 'antd';
import { useWords } from '../i18n/index.ts';
import { networkBars } from '../server/index.ts';
import './header.css';

/** Four bars by round trip; the words are for those who cannot tell bars apart. */
export function NetworkLight({ connected, roundTripMs }: { connected: boolean; roundTripMs: number | undefined }) {
  const { t } = useWords();
  const bars = networkBars(connected, roundTripMs);
  const words =
    roundTripMs === undefined
      ? t(`network.${bars}`)
      : `${t(`network.${bars}`)} · ${t('network.round-trip', { ms: roundTripMs })}`;
  return (
    <Tooltip title={words}>
      <span className="network-light" data-bars={bars} role="img" aria-label={words}>
        {[1, 2, 3, 4].map((bar) => (
          <i key={bar} data-on={bar <= bars} />
        ))}
      </span>
    </Tooltip>
  );
}
