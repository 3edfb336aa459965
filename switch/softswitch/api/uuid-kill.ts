import { findCause } from '../core/causes.ts';
import { isDown } from '../core/channel.ts';
import { hangUp } from '../core/hang-up.ts';
import type { ApiCommand } from '../core/switch-core.ts';
import { NO_SUCH_CHANNEL, OK, splitArguments, usage } from './arguments.ts';

/** `uuid_kill UUID [CAUSE]` */
export const uuidKill: ApiCommand = (sw, argument) => {
  const [uuid = '', word = ''] = splitArguments(argument, 2);
  if (uuid === '') return usage('<uuid> [cause]');
  const session = sw.sessions.get(uuid);
  if (!session || isDown(session.channel)) return NO_SUCH_CHANNEL;
  hangUp(sw, session, findCause(word) ?? 'NORMAL_CLEARING');
  return OK;
};
