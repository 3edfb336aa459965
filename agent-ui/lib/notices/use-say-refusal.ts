import { App } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../server/index.ts';

/** Says in a sentence why something did not happen; returns whether it did. */
export function useSayRefusal(): <T>(answer: Answer<T>) => answer is Extract<Answer<T>, { kind: 'ok' }> {
  const { message } = App.useApp();
  const { t } = useTranslation();
  return useCallback(
    <T>(answer: Answer<T>): answer is Extract<Answer<T>, { kind: 'ok' }> => {
      if (answer.kind === 'ok') return true;
      const sentence =
        answer.kind === 'refused' ? answer.problem.message || t('problem.unknown') : t('problem.unreachable');
      void message.error({ content: sentence, key: sentence, duration: 6 });
      return false;
    },
    [message, t],
  );
}
