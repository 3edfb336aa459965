import type { CallControl, HangupCause, LegId } from '../../switch/index.ts';
import type { VoiceRoom } from './room.ts';

/** Says one sentence in both languages to a caller who can't be served, and hangs up. */
export async function letGoWithSentence(
  room: VoiceRoom,
  control: CallControl,
  legId: LegId,
  prompt: string,
  cause: HangupCause,
): Promise<void> {
  room.leaving.set(legId, control);
  try {
    await control.answer(legId);
    for (const language of ['zh-CN', 'en'] as const) {
      const sound = await room.prompts.soundOf({ prompt }, language, new Map());
      if (sound) await control.play(legId, [sound]).outcome;
    }
    await control.hangUp(legId, cause);
  } catch (error) {
    room.leaving.delete(legId);
    room.log.warn({ legId, err: error }, 'a caller could not be let go');
  }
}
