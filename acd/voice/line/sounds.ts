import type { Sound } from '../../../switch/index.ts';
import type { Saying } from '../../flows/index.ts';
import type { Call } from '../call.ts';
import type { VoiceRoom } from '../room.ts';

/** The sounds of sentences in the caller's language; what nobody can say is passed over. */
export async function soundsOf(room: VoiceRoom, call: Call, saying: Saying): Promise<Sound[]> {
  const variables = new Map(Object.entries(call.flow?.variables ?? {}));
  const sounds: Sound[] = [];
  for (const sentence of saying) {
    const sound = await room.prompts.soundOf(sentence, call.language, variables);
    if (sound) sounds.push(sound);
  }
  return sounds;
}
