import { useEffect, useRef } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { watchLevel } from '../../lib/phone/index.ts';
import { useSoftphoneState } from '../../lib/softphone/index.ts';

/** How loud both sides are, so that the agent sees at once on which side sound is missing. */
export function Levels({ muted, held, other }: { muted: boolean; held: boolean; other: string }) {
  const { t } = useWords();
  const { microphone, remote } = useSoftphoneState();
  return (
    <div className="call-levels" aria-hidden="true">
      <Level label={t('call.you')} stream={muted || held ? undefined : microphone} />
      <Level label={other} stream={held ? undefined : remote} />
    </div>
  );
}

function Level({ label, stream }: { label: string; stream: MediaStream | undefined }) {
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    const show = (level: number) => bar.current?.style.setProperty('--level', String(level));
    show(0);
    return stream ? watchLevel(stream, show) : undefined;
  }, [stream]);
  return (
    <span className="call-level">
      {label}
      <i ref={bar} />
    </span>
  );
}
