import { CaretRightFilled, PauseOutlined, WarningOutlined } from '@ant-design/icons';
import { useRef, useState } from 'react';
import type { Recording } from '../../../acd/api/contract/index.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { formatSeconds } from '../../lib/time/index.ts';

const SPEEDS = [1, 1.25, 1.5, 2, 0.75] as const;

/** Plays a recording where it stands. What is missing or cut short is said, never hidden. */
export function RecordingPlayer({ recording }: { recording: Recording }) {
  const { t } = useWords();
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [atS, setAtS] = useState(0);
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>(1);
  const [failed, setFailed] = useState(false);
  if (recording.state === 'missing')
    return (
      <p className="recording-fault" data-kind="missing">
        <WarningOutlined /> {t('recording-file.missing')}
      </p>
    );
  if (recording.state === 'recording') return <p className="recording-fault">{t('recording-file.recording')}</p>;
  const lengthS = recording.durationMs / 1000;
  const toggle = () => {
    const element = audio.current;
    if (!element) return;
    if (element.paused) element.play().catch(() => setFailed(true));
    else element.pause();
  };
  return (
    <div className="recording-player">
      {/* biome-ignore lint/a11y/useMediaCaption: recordings have no captions yet */}
      <audio
        ref={audio}
        preload="none"
        src={`/api/v1/recordings/${recording.recordingId}/audio`}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onError={() => setFailed(true)}
        onTimeUpdate={(event) => setAtS(event.currentTarget.currentTime)}
      />
      <button
        type="button"
        className="recording-toggle"
        data-testid="recording-play"
        aria-label={playing ? t('recording-file.pause') : t('recording-file.play')}
        onClick={toggle}
      >
        {playing ? <PauseOutlined /> : <CaretRightFilled />}
      </button>
      <input
        type="range"
        min={0}
        max={Math.max(lengthS, 0.1)}
        step={0.1}
        value={Math.min(atS, lengthS)}
        aria-label={t('recording-file.position')}
        aria-valuetext={formatSeconds(atS)}
        onChange={(event) => {
          const to = Number(event.target.value);
          setAtS(to);
          if (audio.current) audio.current.currentTime = to;
        }}
      />
      <span className="tabular recording-time">{formatSeconds(playing || atS > 0 ? atS : lengthS)}</span>
      <button
        type="button"
        className="recording-speed tabular"
        aria-label={t('recording-file.speed', { speed })}
        onClick={() => {
          const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
          setSpeed(next);
          if (audio.current) audio.current.playbackRate = next;
        }}
      >
        {speed}×
      </button>
      {recording.state === 'cut-short' && (
        <p className="recording-fault">
          <WarningOutlined /> {t('recording-file.cut-short')}
        </p>
      )}
      {failed && (
        <p className="recording-fault" role="alert">
          <WarningOutlined /> {t('recording-file.failed')}
        </p>
      )}
    </div>
  );
}
