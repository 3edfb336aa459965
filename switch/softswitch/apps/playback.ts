import { setVariable } from '../core/channel.ts';
import { playSounds } from '../core/play.ts';
import type { Application } from '../core/switch-core.ts';

/** What `current_application_response` says after each end. */
const RESPONSES = {
  done: 'FILE PLAYED',
  break: 'FILE PLAYED',
  missing: 'FILE NOT FOUND',
  left: 'PLAYBACK ERROR',
} as const;

/** Plays a sound. Digits in `playback_terminators` (default `*`, `none`, `any`) end it. */
export const playback: Application = async (sw, session, data) => {
  const { channel } = session;
  const endOn = channel.variables.get('playback_terminators') ?? '*';
  const end = await playSounds(sw, session, data, { endOn });
  if (end.kind === 'break') setVariable(channel, 'playback_terminator_used', end.digit);
  setVariable(channel, 'current_application_response', RESPONSES[end.kind]);
};
