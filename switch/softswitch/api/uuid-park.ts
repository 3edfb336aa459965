import { isDown } from '../core/channel.ts';
import { requestState } from '../core/set-state.ts';
import type { ApiCommand } from '../core/switch-core.ts';
import { NO_SUCH_CHANNEL, OK, usage } from './arguments.ts';

/** `uuid_park UUID`: takes the leg out of whatever it does. */
export const uuidPark: ApiCommand = (sw, argument) => {
  const uuid = argument.trim();
  if (uuid === '') return usage('<uuid>');
  const session = sw.sessions.get(uuid);
  if (!session || isDown(session.channel)) return NO_SUCH_CHANNEL;
  requestState(session, 'CS_PARK');
  return OK;
};
