import { setVariable } from '../core/channel.ts';
import type { ApiCommand } from '../core/switch-core.ts';
import { NO_SUCH_CHANNEL, OK, splitArguments, usage } from './arguments.ts';

/** `uuid_setvar_multi UUID NAME=VALUE;NAME=VALUE` */
export const uuidSetvarMulti: ApiCommand = (sw, argument) => {
  const [uuid = '', text = ''] = splitArguments(argument, 2);
  if (text === '') return usage('<uuid> <var>=<value>;<var>=<value>...');
  const session = sw.sessions.get(uuid);
  if (!session) return NO_SUCH_CHANNEL;
  for (const pair of text.split(';')) {
    const at = pair.indexOf('=');
    const name = (at < 0 ? pair : pair.slice(0, at)).trim();
    if (name !== '') setVariable(session.channel, name, at < 0 ? undefined : pair.slice(at + 1));
  }
  return OK;
};
