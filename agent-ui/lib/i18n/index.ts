export { changeLanguage, currentLocale, firstLocale, isLocale, nameIn, startLanguage } from './setup.ts';
export { useWords } from './use-words.ts';
