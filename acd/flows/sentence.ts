import { z } from 'zod';
import { LOCALES, type Locale, localeSchema } from '../api/contract/index.ts';

/** Words in one or both languages. Which languages must be there is decided by the flow's own list. */
export const wordsSchema = z.partialRecord(localeSchema, z.string().min(1).max(600));
export type Words = Partial<Record<Locale, string>>;

/**
 * One thing to be said: a prompt that ships as a file, or a text for the speech synthesiser.
 * `{name}` in a text stands for a variable of the flow.
 */
export const sentenceSchema = z.union([
  z.strictObject({ prompt: z.string().regex(/^[a-z0-9-]{1,60}$/) }),
  z.strictObject({ text: wordsSchema }),
]);
export type Sentence = z.infer<typeof sentenceSchema>;

/** Up to 20 sentences, said one after the other. */
export const sayingSchema = z.array(sentenceSchema).min(1).max(20);
export type Saying = readonly Sentence[];

/** Puts variables into a text; an unknown one becomes nothing, so that no caller hears a placeholder. */
export function fillIn(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\{([a-zA-Z][a-zA-Z0-9_]{0,39})\}/g, (_, name: string) => variables.get(name) ?? '');
}

/** The languages for which a text has no words. */
export function missingLanguages(words: Words, languages: readonly Locale[]): readonly Locale[] {
  return LOCALES.filter((locale) => languages.includes(locale) && !words[locale]);
}
