import { useTranslation } from 'react-i18next';
import type { Locale, LocalName } from '../../../acd/api/contract/index.ts';
import { isLocale, nameIn } from './setup.ts';

/** The page's words: `t` for the page's own, `name` for those of administrators. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const locale: Locale = isLocale(i18n.language) ? i18n.language : 'zh-CN';
  return { t, locale, name: (name: LocalName | undefined) => nameIn(name, locale) };
}
