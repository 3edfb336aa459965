import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale, LocalName } from '../../../acd/api/contract/index.ts';

const STORED_AS = 'tandem.locale';
export const isLocale = (value: unknown): value is Locale => value === 'zh-CN' || value === 'en';

/** The language to begin with: the one chosen before, else the browser's. */
export function firstLocale(): Locale {
  const stored = localStorage.getItem(STORED_AS);
  if (isLocale(stored)) return stored;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** Loads the words of one language; each is a file of its own that only its readers fetch. */
export type LoadWords = (locale: Locale) => Promise<Record<string, unknown>>;

let load: LoadWords | undefined;

export async function startLanguage(loadWords: LoadWords): Promise<void> {
  load = loadWords;
  await i18next.use(initReactI18next).init({
    lng: 'none',
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await changeLanguage(firstLocale(), false);
}

/** Changes the page's language at once. `remember` keeps it for the next visit. */
export async function changeLanguage(locale: Locale, remember = true): Promise<void> {
  if (!i18next.hasResourceBundle(locale, 'translation') && load)
    i18next.addResourceBundle(locale, 'translation', await load(locale));
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
  if (remember) localStorage.setItem(STORED_AS, locale);
}

export function currentLocale(): Locale {
  return isLocale(i18next.language) ? i18next.language : 'zh-CN';
}

/** A name that an administrator wrote, in the page's language. */
export function nameIn(name: LocalName | undefined, locale: string): string {
  if (!name) return '';
  return isLocale(locale) ? name[locale] : name.en;
}
