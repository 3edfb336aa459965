import { useMemo } from 'react';
import { useWords } from '../lib/i18n/index.ts';
import { differenceOf, shortened } from './difference.ts';

const SIGNS = { same: ' ', added: '+', removed: '−' } as const;

/** What changed between two texts, with signs besides colours. */
export function DifferenceView({ before, after }: { before: string; after: string }) {
  const { t } = useWords();
  const lines = useMemo(() => shortened(differenceOf(before, after)), [before, after]);
  if (lines.every((line) => line === undefined)) return <p className="quiet">{t('admin.same')}</p>;
  return (
    <pre className="difference">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
        <span key={index} data-kind={line?.kind ?? 'gap'}>
          {line ? `${SIGNS[line.kind]} ${line.text}` : '⋯'}
        </span>
      ))}
    </pre>
  );
}
