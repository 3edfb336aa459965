import { App } from 'antd';
import type { i18n, TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../acd/api/contract/index.ts';
import type { Answer } from '../server/index.ts';

/** The server's own sentence, or a closer one where the reason is known here. */
function refusal({ reason, message }: Problem, t: TFunction, words: Pick<i18n, 'exists'>): string {
  if (reason !== undefined && words.exists(`refused.${reason}`)) return t(`refused.${reason}`);
  return message || t('problem.unknown');
}

/** Says in a sentence why something did not happen; returns whether it did. */
export function useSayRefusal(): <T>(answer: Answer<T>) => answer is Extract<Answer<T>, { kind: 'ok' }> {
  const { message } = App.useApp();
  const { t, i18n } = useTranslation();
  return useCallback(
    <T>(answer: Answer<T>): answer is Extract<Answer<T>, { kind: 'ok' }> => {
      if (answer.kind === 'ok') return true;
      const sentence = answer.kind === 'refused' ? refusal(answer.problem, t, i18n) : t('problem.unreachable');
      void message.error({ content: sentence, key: sentence, duration: 6 });
      return false;
    },
    [message, t, i18n],
  );
}
