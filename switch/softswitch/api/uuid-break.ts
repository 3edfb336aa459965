import { isDown } from '../core/channel.ts';
import { wake } from '../core/session.ts';
import type { ApiCommand } from '../core/switch-core.ts';
import { NO_SUCH_CHANNEL, OK, splitArguments, usage } from './arguments.ts';

/** `uuid_break UUID [all]`: ends what is being played; `all` also forgets what waits to be run. */
export const uuidBreak: ApiCommand = (sw, argument) => {
  const [uuid = '', word = ''] = splitArguments(argument, 2);
  if (uuid === '') return usage('<uuid> [all]');
  const session = sw.sessions.get(uuid);
  if (!session || isDown(session.channel)) return NO_SUCH_CHANNEL;
  if (word.toLowerCase() === 'all') session.queue.length = 0;
  session.breakRequested = session.playing > 0;
  wake(session);
  return OK;
};
