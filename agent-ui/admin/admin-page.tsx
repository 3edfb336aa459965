import { useCallback, useEffect, useState } from 'react';
import type { ConfigurationVersion, Me } from '../../acd/api/contract/index.ts';
import { LanguageSwitch, PageNav, UserMenu } from '../lib/header/index.ts';
import { useWords } from '../lib/i18n/index.ts';
import { Region } from '../lib/region/index.ts';
import { request } from '../lib/server/index.ts';
import './admin-page.css';
import { ConfigurationEditor } from './configuration-editor.tsx';
import { VersionDifference } from './version-difference.tsx';
import { VersionsList } from './versions-list.tsx';
import type { WholeConfiguration } from './whole-configuration.ts';

/** The routing configuration: versions at the side, the editor or a difference in the middle. */
export function AdminPage({ me }: { me: Me }) {
  const { t } = useWords();
  const [versions, setVersions] = useState<readonly ConfigurationVersion[]>();
  const [active, setActive] = useState<WholeConfiguration>();
  const [chosen, setChosen] = useState<number>();
  const load = useCallback(async () => {
    const [list, whole] = await Promise.all([
      request<readonly ConfigurationVersion[]>('GET', '/configuration/versions'),
      request<WholeConfiguration>('GET', '/configuration'),
    ]);
    if (list.kind === 'ok') setVersions(list.value);
    if (whole.kind === 'ok') setActive(whole.value);
  }, []);
  useEffect(() => {
    document.title = t('admin.title');
  }, [t]);
  useEffect(() => void load(), [load]);
  const onChanged = async () => {
    setChosen(undefined);
    await load();
  };
  return (
    <div className="admin">
      <header className="page-header">
        <strong>{t('admin.title')}</strong>
        <span className="spring" />
        <PageNav me={me} />
        <LanguageSwitch keep />
        <UserMenu me={me} />
      </header>
      <div className="admin-body">
        <aside aria-label={t('admin.versions')}>
          <Region>
            <VersionsList versions={versions} chosen={chosen} onChoose={setChosen} />
          </Region>
        </aside>
        <main>
          <Region>
            {!active ? (
              <p className="admin-wait">{t('app.loading')}</p>
            ) : chosen !== undefined && chosen !== active.version ? (
              <VersionDifference
                key={chosen}
                version={chosen}
                active={active}
                onRestored={onChanged}
                onClose={() => setChosen(undefined)}
              />
            ) : (
              <ConfigurationEditor key={active.version} active={active} onSaved={onChanged} />
            )}
          </Region>
        </main>
      </div>
    </div>
  );
}
