import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Welcome } from '../../acd/api/contract/index.ts';
import { changeLanguage, useWords } from '../lib/i18n/index.ts';
import { request } from '../lib/server/index.ts';
import { Elapsed, formatSpan } from '../lib/time/index.ts';
import { createCallerCall } from './caller-call.ts';
import './caller-page.css';
import { CallerKeypad } from './caller-keypad.tsx';
import { Icon } from './icons.tsx';
import { phaseDetail, phaseTitle, shownPhase } from './phase-words.ts';

const call = createCallerCall();

/** The page from which a customer calls. */
export function CallerPage() {
  const { t, locale } = useWords();
  const state = useStore(call.store);
  const [welcome, setWelcome] = useState<Welcome>();
  const [blocked, setBlocked] = useState(false);
  const audio = useRef<HTMLAudioElement>(null);
  const phase = shownPhase(state);
  const running = state.step === 'calling' || state.step === 'up';
  const company = welcome?.companyName ?? t('app.name');

  useEffect(() => {
    void request<Welcome>('GET', '/welcome').then((answer) => answer.kind === 'ok' && setWelcome(answer.value));
  }, []);
  useEffect(() => {
    document.title = running ? t('caller.title-running', { company }) : company;
  }, [company, running, t]);
  useEffect(() => {
    const element = audio.current;
    if (!element) return;
    element.srcObject = state.remote ?? null;
    if (state.remote)
      element.play().then(
        () => setBlocked(false),
        () => setBlocked(true),
      );
  }, [state.remote]);
  useEffect(() => {
    if (!running) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [running]);

  const other = locale === 'en' ? 'zh-CN' : 'en';
  const words = phaseTitle(t, phase, state.view);
  return (
    <div className="caller" data-phase={phase}>
      <header className="caller-top">
        <span className="caller-brand">
          <img src="/mark.svg" alt="" width={32} height={32} />
          {company}
        </span>
        <button
          type="button"
          className="caller-language"
          data-testid="language-switch"
          lang={other}
          aria-label={t('language.switch')}
          onClick={() => void changeLanguage(other)}
        >
          {t('language.other')}
        </button>
      </header>
      <main className="caller-main">
        <section className="caller-words">
          <h1>{t('caller.headline')}</h1>
          <p>{t('caller.promise')}</p>
          <ul>
            <li>{t('caller.point-free')}</li>
            <li>{t('caller.point-place')}</li>
            <li>{t('caller.point-private')}</li>
          </ul>
        </section>
        <section className="caller-phone" aria-label={t('caller.phone')}>
          <div className="caller-status">
            <span className="caller-orb" aria-hidden="true">
              <i />
              <i />
              <Icon name="phone" />
            </span>
            <div aria-live="polite">
              <p className="caller-phase" data-testid="caller-phase" data-phase={phase}>
                {words}
              </p>
              <p className="caller-detail">{phaseDetail(t, phase, state.view)}</p>
            </div>
            <p className="caller-time tabular">
              {running && state.startedAtMs !== undefined ? (
                <Elapsed sinceMs={state.startedAtMs} />
              ) : state.step === 'ended' && state.startedAtMs !== undefined && state.endedAtMs !== undefined ? (
                formatSpan(state.endedAtMs - state.startedAtMs)
              ) : null}
            </p>
          </div>
          {state.fault && (
            <p className="caller-fault" role="alert">
              {state.refusal || t(`caller.fault.${state.fault}`)}
            </p>
          )}
          {blocked && running && (
            <button
              type="button"
              className="caller-fault"
              onClick={() => void audio.current?.play().then(() => setBlocked(false))}
            >
              {t('caller.sound-blocked')}
            </button>
          )}
          {running ? (
            <>
              <CallerKeypad choices={state.view?.choices ?? []} onPress={(digit) => call.press(digit)} />
              <div className="caller-controls">
                <button
                  type="button"
                  className="caller-round"
                  data-testid="mute"
                  aria-pressed={state.muted}
                  onClick={() => call.setMuted(!state.muted)}
                >
                  <Icon name={state.muted ? 'muted' : 'microphone'} />
                  <span>{state.muted ? t('caller.unmute') : t('caller.mute')}</span>
                </button>
                <button
                  type="button"
                  className="caller-round"
                  data-kind="end"
                  data-testid="call-end"
                  onClick={() => call.hangUp()}
                >
                  <Icon name="phone" />
                  <span>{t('caller.end')}</span>
                </button>
              </div>
            </>
          ) : (
            <button
              type="button"
              className="caller-call"
              data-testid="call-start"
              disabled={state.step === 'asking'}
              onClick={() => void call.begin(locale)}
            >
              <Icon name="phone" />
              {state.step === 'ended' || state.step === 'failed' ? t('caller.again') : t('caller.call')}
            </button>
          )}
        </section>
      </main>
      <footer className="caller-foot">
        {welcome && t('caller.by-phone', { number: welcome.entryNumber, address: welcome.sipAddress })}
      </footer>
      {/* biome-ignore lint/a11y/useMediaCaption: a live conversation has no captions */}
      <audio id="remote-audio" ref={audio} autoPlay />
    </div>
  );
}
