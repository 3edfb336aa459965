import { CheckOutlined, CloseOutlined, CrownFilled, PhoneFilled, QuestionCircleFilled } from '@ant-design/icons';
import { useEffect, useRef, useState } from 'react';
import type { DeskContact } from '../../acd/api/contract/index.ts';
import { useWords } from '../lib/i18n/index.ts';
import { answerCall, hangUpCall } from '../lib/phone/index.ts';
import { usePhoneCall, useSoftphone, useSoftphoneState } from '../lib/softphone/index.ts';
import { formatSpan, useSecondsUntil } from '../lib/time/index.ts';
import { useCommand, withContact } from './room.tsx';
import './ringing.css';

/** A key that was meant for the text that is being typed must not answer the moment it rings. */
const KEYS_SETTLE_MS = 350;

export function Ringing({ contact }: { contact: DeskContact }) {
  const { t, name } = useWords();
  const { phone } = useSoftphone();
  const { lease } = useSoftphoneState();
  const call = usePhoneCall(contact.phoneCallKey);
  const command = useCommand();
  const answerButton = useRef<HTMLButtonElement>(null);
  const [pressed, setPressed] = useState(false);
  const answering = call?.state === 'answering' || call?.state === 'up' || (pressed && !call);
  const { customer, offer, askedBy } = contact;

  const answer = () => {
    setPressed(true);
    void answerCall(phone, contact.phoneCallKey);
  };
  const decline = () => {
    hangUpCall(phone, contact.phoneCallKey);
    if (offer)
      void command(
        'POST',
        `/offers/${offer.offerId}/decline`,
        {},
        withContact(contact.contactId, () => undefined),
      );
  };
  const act = useRef({ answer, decline });
  act.current = { answer, decline };
  useEffect(() => {
    const typing = document.activeElement?.matches('input, textarea') ?? false;
    answerButton.current?.focus();
    const readyAt = performance.now() + (typing ? KEYS_SETTLE_MS : 0);
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== 'Escape') return;
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      if (performance.now() < readyAt) return;
      if (event.key === 'Enter') act.current.answer();
      else act.current.decline();
    };
    addEventListener('keydown', onKey, { capture: true });
    return () => removeEventListener('keydown', onKey, { capture: true });
  }, []);

  return (
    <div
      className="ringing"
      role="alertdialog"
      aria-modal="false"
      aria-labelledby="ringing-who"
      aria-describedby="ringing-why"
      data-testid="ringing"
    >
      <div className="ringing-card">
        {offer ? (
          <Countdown contact={contact} endsAtMs={offer.expiresAtMs} />
        ) : (
          <span className="ringing-asked" aria-hidden="true">
            <QuestionCircleFilled />
          </span>
        )}
        <p className="ringing-label">
          <PhoneFilled />
          {askedBy
            ? t('consult.asks', { name: askedBy.name })
            : contact.queueName
              ? t('ringing.for-queue', { queue: name(contact.queueName) })
              : t('ringing.incoming')}
        </p>
        <h1 id="ringing-who">{customer.displayName || contact.callerNumber}</h1>
        <p className="ringing-number tabular">
          {customer.vip && (
            <span className="chip" data-kind="vip">
              <CrownFilled /> {t('customer.vip')}
            </span>
          )}
          {contact.callerNumber}
          {customer.tags.slice(0, 3).map((tag) => (
            <span key={tag} className="chip">
              {tag}
            </span>
          ))}
        </p>
        <dl id="ringing-why">
          <div>
            <dt>{t('ringing.why')}</dt>
            <dd>{contact.reason ? name(contact.reason) : t('ringing.no-reason')}</dd>
          </div>
          <div>
            <dt>{t('ringing.waited')}</dt>
            <dd className="tabular">{formatSpan(contact.waitedMs)}</dd>
          </div>
          {customer.notes && (
            <div className="ringing-notes">
              <dt>{t('customer.notes')}</dt>
              <dd>{customer.notes}</dd>
            </div>
          )}
        </dl>
        {lease === 'elsewhere' && <p className="ringing-elsewhere">{t('ringing.elsewhere')}</p>}
        <div className="ringing-buttons">
          <button type="button" className="big-button" data-kind="decline" data-testid="decline" onClick={decline}>
            <CloseOutlined /> {t('ringing.decline')} <kbd>Esc</kbd>
          </button>
          <button
            ref={answerButton}
            type="button"
            className="big-button"
            data-kind="answer"
            data-testid="answer"
            aria-busy={answering}
            disabled={lease === 'elsewhere'}
            onClick={answer}
          >
            {answering ? <CheckOutlined /> : <PhoneFilled />} {answering ? t('ringing.answering') : t('ringing.answer')}{' '}
            <kbd>Enter</kbd>
          </button>
        </div>
      </div>
    </div>
  );
}

const RADIUS = 38;
const ROUND = 2 * Math.PI * RADIUS;

/** The time left to answer, as a ring that runs out and as seconds. */
function Countdown({ contact, endsAtMs }: { contact: DeskContact; endsAtMs: number }) {
  const { t } = useWords();
  const seconds = useSecondsUntil(endsAtMs);
  const whole = Math.max(1, Math.round((endsAtMs - contact.sinceMs) / 1000));
  return (
    <div className="countdown" role="timer" aria-label={t('ringing.left', { count: seconds })}>
      <svg viewBox="0 0 88 88" aria-hidden="true">
        <circle cx="44" cy="44" r={RADIUS} className="countdown-track" />
        <circle
          cx="44"
          cy="44"
          r={RADIUS}
          className="countdown-rest"
          strokeDasharray={ROUND}
          strokeDashoffset={ROUND * (1 - Math.min(1, seconds / whole))}
        />
      </svg>
      <span className="countdown-seconds tabular">{seconds}</span>
    </div>
  );
}
