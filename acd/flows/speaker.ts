import { relative, sep } from 'node:path';
import type { Logger } from '../../config/logger.ts';
import type { PromptCache } from '../../media/index.ts';
import type { SentenceSpeaker } from './prompts.ts';

/** Longest wait for a text that is not in the cache yet, ms. After it the sentence is passed over; the next caller finds it there. */
const PATIENCE_MS = 4_000;

/** Speaks by the cache of spoken texts. `folder` is the cache's folder as this process sees it, `switchFolder` as the switch does. */
export function cachedSpeaker(
  cache: PromptCache,
  options: { readonly folder: string; readonly switchFolder: string; readonly log: Logger },
): SentenceSpeaker {
  return {
    async speak(text, locale) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
      });
      const outcome = await Promise.race([cache.prompt({ text, language: locale }), late]);
      clearTimeout(timer);
      if (outcome?.kind === 'file') {
        const inside = relative(options.folder, outcome.path).split(sep).join('/');
        return `${options.switchFolder.replace(/\/$/, '')}/${inside}`;
      }
      const why = outcome === undefined ? { kind: 'too-slow' } : { kind: outcome.kind, detail: outcome.detail };
      options.log.warn({ locale, ...why }, 'a text could not be spoken');
      return undefined;
    },
  };
}
