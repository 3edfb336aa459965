import { isDown } from '../core/channel.ts';
import type { ApiCommand } from '../core/switch-core.ts';

/** `uuid_exists UUID`: `true` or `false`, without a line end. */
export const uuidExists: ApiCommand = (sw, argument) => {
  const session = sw.sessions.get(argument.trim());
  return String(session !== undefined && !isDown(session.channel));
};
