import { useEffect } from 'react';
import type { CallerView } from '../../acd/api/contract/index.ts';
import { useWords } from '../lib/i18n/index.ts';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

interface Props {
  readonly choices: CallerView['choices'];
  readonly onPress: (digit: string) => void;
}

/** The keys, and what they mean now in the caller's language. Typing them works too. */
export function CallerKeypad({ choices, onPress }: Props) {
  const { t, name } = useWords();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (KEYS.some((key) => key === event.key)) onPress(event.key);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [onPress]);
  const meaning = (key: string) => {
    const choice = choices.find((one) => one.digit === key);
    return choice ? name(choice.label) : undefined;
  };
  return (
    <div className="caller-keys">
      {choices.length > 0 && (
        <ul className="caller-choices" aria-label={t('caller.choices')}>
          {choices.map((choice) => (
            <li key={choice.digit}>
              <button type="button" onClick={() => onPress(choice.digit)}>
                <kbd>{choice.digit}</kbd>
                {name(choice.label)}
              </button>
            </li>
          ))}
        </ul>
      )}
      <fieldset className="caller-keypad">
        <legend className="unseen">{t('caller.keypad')}</legend>
        {KEYS.map((key) => (
          <button
            key={key}
            type="button"
            data-testid={`key-${key}`}
            data-means={meaning(key) !== undefined}
            aria-label={meaning(key) ? t('caller.key-means', { key, meaning: meaning(key) }) : key}
            onClick={() => onPress(key)}
          >
            {key}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
