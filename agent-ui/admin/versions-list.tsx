import { CheckCircleFilled } from '@ant-design/icons';
import type { ConfigurationVersion } from '../../acd/api/contract/index.ts';
import { useWords } from '../lib/i18n/index.ts';
import { VirtualList } from '../lib/list/index.ts';
import { formatMoment } from '../lib/time/index.ts';

interface Props {
  readonly versions: readonly ConfigurationVersion[] | undefined;
  readonly chosen: number | undefined;
  readonly onChoose: (version: number) => void;
}

export function VersionsList({ versions, chosen, onChoose }: Props) {
  const { t, locale } = useWords();
  const shown = [...(versions ?? [])].sort((a, b) => b.version - a.version);
  return (
    <>
      <h2 className="panel-title">{t('admin.versions')}</h2>
      <VirtualList
        items={shown}
        keyOf={(version) => String(version.version)}
        estimatePx={76}
        label={t('admin.versions')}
        testId="version"
        onOpen={(version) => onChoose(version.version)}
        isCurrent={(version) => (chosen === undefined ? version.active : version.version === chosen)}
        row={(version) => (
          <div className="version">
            <strong className="tabular">{t('admin.version', { version: version.version })}</strong>
            {version.active && (
              <span className="version-active">
                <CheckCircleFilled /> {t('admin.active')}
              </span>
            )}
            <p>{version.note || t('admin.no-note')}</p>
            <small className="tabular">
              {version.createdBy} · {formatMoment(version.createdAtMs, locale, Date.now())}
            </small>
          </div>
        )}
      />
    </>
  );
}
