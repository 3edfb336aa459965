import { channelEvent } from '../core/build-event.ts';
import type { ApiCommand } from '../core/switch-core.ts';
import { jsonText, plainText } from '../socket/event-text.ts';
import { NO_SUCH_CHANNEL, splitArguments, usage } from './arguments.ts';

/** `uuid_dump UUID [json]`: everything that is known of a leg. */
export const uuidDump: ApiCommand = (sw, argument) => {
  const [uuid = '', format = ''] = splitArguments(argument, 2);
  if (uuid === '') return usage('<uuid> [format]');
  const session = sw.sessions.get(uuid);
  if (!session) return NO_SUCH_CHANNEL;
  const event = channelEvent(sw, session.channel, 'CHANNEL_DATA');
  return format.toLowerCase() === 'json' ? jsonText(event) : plainText(event);
};
