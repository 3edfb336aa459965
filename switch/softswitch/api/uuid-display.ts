import type { ApiCommand } from '../core/switch-core.ts';
import { FAILED, OK_SUCCESS, splitArguments, usage } from './arguments.ts';

/** `uuid_display UUID NAME|NUMBER`: sets the callee that the leg's phone is said to show. */
export const uuidDisplay: ApiCommand = (sw, argument) => {
  const [uuid = '', display = ''] = splitArguments(argument, 2);
  if (display === '') return usage('<uuid> <display>');
  const profile = sw.sessions.get(uuid)?.channel.profile;
  if (!profile) return FAILED;
  const [name = '', number = ''] = display.split('|');
  profile.calleeIdName = name;
  if (number !== '') profile.calleeIdNumber = number;
  return OK_SUCCESS;
};
