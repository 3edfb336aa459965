import type { PlayOutcome, Sound } from '../../../switch/index.ts';
import type { CallerGone, Saying } from '../../flows/index.ts';
import type { Call } from '../call.ts';
import type { VoiceRoom } from '../room.ts';
import { askSwitch } from '../switch-faults.ts';
import { soundsOf } from './sounds.ts';

/** Says sentences to the caller and waits for their end. A file that the switch can't find is passed over, with a line in the log. */
export async function sayToCaller(room: VoiceRoom, call: Call, saying: Saying): Promise<{ kind: 'done' } | CallerGone> {
  const sounds = await soundsOf(room, call, saying);
  const outcome = await playToCaller(room, call, sounds);
  if (outcome !== 'missing') return outcome === 'gone' ? { kind: 'gone' } : { kind: 'done' };
  for (const sound of sounds.length > 1 ? sounds : []) {
    const one = await playToCaller(room, call, [sound]);
    if (one === 'gone') return { kind: 'gone' };
  }
  room.log.warn({ contactId: call.contactId }, 'the switch misses a prompt file, passed over');
  return { kind: 'done' };
}

/** A switch that does not answer counts as having said it: the caller goes on instead of waiting. */
async function playToCaller(room: VoiceRoom, call: Call, sounds: readonly Sound[]): Promise<PlayOutcome['kind']> {
  const legId = call.callerLegId;
  if (legId === undefined || call.stage === 'over') return 'gone';
  if (sounds.length === 0) return 'done';
  const outcome = await askSwitch(room, call, 'play', () => call.control.play(legId, sounds).outcome);
  return call.callerLegId === undefined ? 'gone' : (outcome?.kind ?? 'done');
}
