import { readVariable } from '../core/read-variable.ts';
import type { ApiCommand } from '../core/switch-core.ts';
import { NO_SUCH_CHANNEL, splitArguments, usage } from './arguments.ts';

/** `uuid_getvar UUID NAME`: the value without a line end, or `_undef_`. */
export const uuidGetvar: ApiCommand = (sw, argument) => {
  const [uuid = '', name = ''] = splitArguments(argument, 3);
  if (name === '') return usage('<uuid> <var>');
  const session = sw.sessions.get(uuid);
  return session ? (readVariable(session.channel, name) ?? '_undef_') : NO_SUCH_CHANNEL;
};
