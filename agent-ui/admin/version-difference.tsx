import { Button, Popconfirm } from 'antd';
import { useEffect, useState } from 'react';
import { useWords } from '../lib/i18n/index.ts';
import { useSayRefusal } from '../lib/notices/index.ts';
import { request } from '../lib/server/index.ts';
import { DifferenceView } from './difference-view.tsx';
import { asText, type WholeConfiguration } from './whole-configuration.ts';

interface Props {
  readonly version: number;
  readonly active: WholeConfiguration;
  readonly onRestored: () => void;
  readonly onClose: () => void;
}

/** An older version against the active one, and the way back to it. */
export function VersionDifference({ version, active, onRestored, onClose }: Props) {
  const { t } = useWords();
  const say = useSayRefusal();
  const [older, setOlder] = useState<WholeConfiguration>();
  useEffect(() => {
    void request<WholeConfiguration>('GET', `/configuration/versions/${version}`).then(
      (answer) => say(answer) && setOlder(answer.value),
    );
  }, [version, say]);
  const restore = async () => {
    if (say(await request('POST', `/configuration/versions/${version}/restore`, {}))) onRestored();
  };
  return (
    <div className="version-difference">
      <header>
        <h2>{t('admin.compare', { active: active.version, version })}</h2>
        <span className="in-line">
          <Popconfirm title={t('admin.restore-sure', { version })} onConfirm={() => void restore()}>
            <Button type="primary" data-testid="restore">
              {t('admin.restore', { version })}
            </Button>
          </Popconfirm>
          <Button onClick={onClose}>{t('admin.back')}</Button>
        </span>
      </header>
      {older ? (
        <DifferenceView before={asText(active.configuration)} after={asText(older.configuration)} />
      ) : (
        <p className="quiet">{t('app.loading')}</p>
      )}
    </div>
  );
}
