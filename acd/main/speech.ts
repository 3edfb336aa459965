import { join } from 'node:path';
import type { Env } from '../../config/env.ts';
import { ESPEAK_NG, FallbackSynthesizer, FLITE, ProgramSynthesizer, PromptCache } from '../../media/index.ts';
import type { SentenceSpeaker } from '../flows/index.ts';

/** Below the recordings, because that folder is shared with the switch and may be written. */
const SPOKEN_FOLDER = 'spoken';

/** The voice for sentences that have no recorded prompt; undefined when none is wanted. */
export function createSpeaker(env: Env): SentenceSpeaker | undefined {
  if (env.ttsCommand === 'none') return undefined;
  const programs = { auto: [FLITE, ESPEAK_NG], flite: [FLITE], 'espeak-ng': [ESPEAK_NG] }[env.ttsCommand];
  const synthesizer = new FallbackSynthesizer(programs.map((program) => new ProgramSynthesizer(program)));
  const cache = new PromptCache(synthesizer, join(env.recordingsDir, SPOKEN_FOLDER));
  return {
    async speak(text, language) {
      const outcome = await cache.prompt({ text, language });
      if (outcome.kind !== 'file') return undefined;
      return outcome.path.replace(env.recordingsDir, env.freeswitch.recordingsDir);
    },
  };
}
