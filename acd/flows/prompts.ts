import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CodedError } from '../../config/errors.ts';
import type { Logger } from '../../config/logger.ts';
import type { Sound } from '../../switch/index.ts';
import { type Locale, localNameSchema } from '../api/contract/index.ts';
import { fillIn, type Sentence } from './sentence.ts';

/** `manifest.json` of the prompts' folder. A file's place is `LANGUAGE/ID.wav`. */
export const promptManifestSchema = z.strictObject({
  prompts: z.array(z.strictObject({ id: z.string().regex(/^[a-z0-9-]{1,60}$/), text: localNameSchema })).max(2_000),
});

/** Speaks a text into a file. Answers the file's path as the switch sees it, or nothing when no voice can say it. */
export interface SentenceSpeaker {
  speak(text: string, locale: Locale): Promise<string | undefined>;
}

/** Turns sentences into sounds. */
export interface PromptLibrary {
  readonly promptIds: ReadonlySet<string>;
  /** Nothing when there is neither a file nor a voice: the sentence is passed over. */
  soundOf(sentence: Sentence, locale: Locale, variables: ReadonlyMap<string, string>): Promise<Sound | undefined>;
}

export interface PromptLibraryOptions {
  /** The prompts' folder as this process sees it. */
  readonly folder: string;
  /** The same folder as the switch sees it. */
  readonly switchFolder: string;
  readonly speaker?: SentenceSpeaker;
  readonly log: Logger;
}

/** Reads the manifest; throws `config.invalid` when it can't be read. Which files exist is asked when they are needed. */
export async function openPromptLibrary(options: PromptLibraryOptions): Promise<PromptLibrary> {
  const { folder, switchFolder, speaker, log } = options;
  const texts = await readManifest(folder);
  const said = new Set<string>();
  const once = (fields: { promptId?: string; locale: Locale }, message: string) => {
    const key = `${fields.promptId ?? ''} ${fields.locale} ${message}`;
    if (!said.has(key)) log.warn(fields, message);
    said.add(key);
  };
  const speak = async (text: string, locale: Locale, promptId?: string): Promise<Sound | undefined> => {
    if (text.trim() === '') return undefined;
    const fields = { ...(promptId === undefined ? {} : { promptId }), locale };
    try {
      const path = speaker && (await withPatience(speaker.speak(text, locale)));
      if (path !== undefined) return { kind: 'file', path };
    } catch (error) {
      log.warn({ ...fields, err: error }, 'speech synthesiser failed');
    }
    once(fields, 'sentence passed over: no file and no voice for it');
    return undefined;
  };
  return {
    promptIds: new Set(texts.keys()),
    async soundOf(sentence, locale, variables) {
      if ('text' in sentence) return speak(fillIn(sentence.text[locale] ?? '', variables), locale);
      const { prompt } = sentence;
      const file = `${locale}/${prompt}.wav`;
      if (await isThere(join(folder, file)))
        return { kind: 'file', path: `${switchFolder.replace(/\/$/, '')}/${file}` };
      once({ promptId: prompt, locale }, 'prompt file is missing, spoken instead');
      return speak(texts.get(prompt)?.[locale] ?? '', locale, prompt);
    },
  };
}

/** A caller waits this long for a sentence that must be spoken first, ms; then it is passed over. The next caller finds it in the cache. */
const PATIENCE_MS = 4_000;

async function withPatience<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function readManifest(folder: string) {
  try {
    const manifest = promptManifestSchema.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
    return new Map(manifest.prompts.map((prompt) => [prompt.id, prompt.text]));
  } catch (error) {
    throw new CodedError('config.invalid', { setting: 'prompts manifest' }, error);
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}
