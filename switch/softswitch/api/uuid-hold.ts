import { hold, unhold } from '../core/hold.ts';
import type { ApiCommand } from '../core/switch-core.ts';
import { FAILED, OK_SUCCESS, splitArguments, usage } from './arguments.ts';

/** `uuid_hold [off|toggle] UUID [DISPLAY]` */
export const uuidHold: ApiCommand = (sw, argument) => {
  const words = splitArguments(argument, 3);
  const [first = ''] = words;
  if (first === '') return usage('[off|toggle] <uuid> [<display>]');
  const mode = first.toLowerCase();
  const isMode = mode === 'off' || mode === 'toggle';
  const session = sw.sessions.get((isMode ? words[1] : first) ?? '');
  if (!session) return FAILED;
  const done = mode === 'off' || (mode === 'toggle' && session.held) ? unhold(sw, session) : hold(sw, session);
  return done ? OK_SUCCESS : FAILED;
};
