import type { SpeechLanguage, SpeechOutcome, SpeechRequest, SpeechSynthesizer } from './synthesizer.ts';

/** Asks one synthesiser after the other until a text is spoken. Itself a synthesiser. */
export class FallbackSynthesizer implements SpeechSynthesizer {
  readonly name: string;
  readonly #chain: readonly SpeechSynthesizer[];

  constructor(chain: readonly SpeechSynthesizer[]) {
    this.name = chain.map((synthesizer) => synthesizer.name).join('+');
    this.#chain = chain;
  }

  async languages(): Promise<readonly SpeechLanguage[]> {
    const all = await Promise.all(this.#chain.map((synthesizer) => synthesizer.languages()));
    return [...new Set(all.flat())];
  }

  async speak(request: SpeechRequest): Promise<SpeechOutcome> {
    const details: string[] = [];
    let failed = false;
    for (const synthesizer of this.#chain) {
      const outcome = await synthesizer.speak(request);
      if (outcome.kind === 'spoken' || outcome.kind === 'invalid') return outcome;
      failed ||= outcome.kind === 'failed';
      details.push(outcome.detail);
    }
    const detail = details.join('; ') || 'no synthesiser is configured';
    return failed ? { kind: 'failed', detail } : { kind: 'unavailable', detail };
  }
}
