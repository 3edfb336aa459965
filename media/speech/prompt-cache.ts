import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recordingInfo } from '../recording/index.ts';
import type { SpeechOutcome, SpeechRequest, SpeechSynthesizer } from './synthesizer.ts';

export type PromptOutcome =
  | { readonly kind: 'file'; readonly path: string; readonly durationMs: number }
  | Exclude<SpeechOutcome, { readonly kind: 'spoken' }>;

/** Texts being spoken at once; the next ones are told to come back. */
const MAX_PENDING = 200;

/** Spoken texts as files, by the hash of voice, language and text. A file is whole or not there: it is written aside and then renamed. */
export class PromptCache {
  readonly #synthesizer: SpeechSynthesizer;
  readonly #dir: string;
  readonly #pending = new Map<string, Promise<PromptOutcome>>();

  /** @param dir is made when it is not there */
  constructor(synthesizer: SpeechSynthesizer, dir: string) {
    this.#synthesizer = synthesizer;
    this.#dir = dir;
  }

  /** The file that says the text, made if need be. The same text asked for twice at once is spoken once. */
  async prompt(request: SpeechRequest): Promise<PromptOutcome> {
    const key = createHash('sha256')
      .update(JSON.stringify([this.#synthesizer.name, request.language, request.text]))
      .digest('hex');
    const pending = this.#pending.get(key);
    if (pending) return pending;
    if (this.#pending.size >= MAX_PENDING) return { kind: 'failed', detail: 'too many texts wait to be spoken' };
    const made = this.#make(join(this.#dir, `${key}.wav`), request).finally(() => this.#pending.delete(key));
    this.#pending.set(key, made);
    return made;
  }

  async #make(path: string, request: SpeechRequest): Promise<PromptOutcome> {
    const info = await recordingInfo(path);
    if (info.kind === 'complete') return { kind: 'file', path, durationMs: info.durationMs };
    const outcome = await this.#synthesizer.speak(request);
    if (outcome.kind !== 'spoken') return outcome;
    const aside = join(this.#dir, `.${randomUUID()}.part`);
    try {
      await mkdir(this.#dir, { recursive: true });
      await writeFile(aside, outcome.wav, { flag: 'wx', mode: 0o640 });
      await rename(aside, path);
      return { kind: 'file', path, durationMs: outcome.durationMs };
    } catch (error) {
      await rm(aside, { force: true }).catch(() => undefined);
      return { kind: 'failed', detail: `the prompt cannot be stored: ${(error as NodeJS.ErrnoException).code}` };
    }
  }
}
