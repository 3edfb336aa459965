import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
const SHOWN_DIGITS = 24;

/** Keys for menus at the other end; typing them works too. The switch sends them, so they survive a reload of the page. */
export function Keypad({ onDigit }: { onDigit: (digits: string) => void }) {
  const { t } = useWords();
  const [sent, setSent] = useState('');
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const press = (key: string) => {
    setSent((before) => (before + key).slice(-SHOWN_DIGITS));
    onDigit(key);
  };
  return (
    <fieldset
      className="keypad"
      style={{ border: 0, margin: 0, padding: 0 }}
      onKeyDown={(event) => {
        if (KEYS.some((key) => key === event.key)) press(event.key);
      }}
    >
      <legend className="unseen">{t('call.keypad')}</legend>
      <output className="tabular">{sent}</output>
      {KEYS.map((key, index) => (
        <button
          key={key}
          ref={index === 0 ? first : null}
          type="button"
          data-testid={`key-${key}`}
          onClick={() => press(key)}
        >
          {key}
        </button>
      ))}
    </fieldset>
  );
}
