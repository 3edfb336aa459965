import { setVariable } from '../core/channel.ts';
import type { ApiCommand } from '../core/switch-core.ts';
import { NO_SUCH_CHANNEL, OK, splitArguments, usage } from './arguments.ts';

/** `uuid_setvar UUID NAME [VALUE]`; without a value the variable is taken away. */
export const uuidSetvar: ApiCommand = (sw, argument) => {
  const [uuid = '', name = '', value = ''] = splitArguments(argument, 3);
  if (name === '') return usage('<uuid> <var> [value]');
  const session = sw.sessions.get(uuid);
  if (!session) return NO_SUCH_CHANNEL;
  setVariable(session.channel, name, value);
  return OK;
};
