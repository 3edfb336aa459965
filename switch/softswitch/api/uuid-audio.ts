import type { ApiCommand } from '../core/switch-core.ts';
import { NO_SUCH_CHANNEL, OK, splitArguments, usage } from './arguments.ts';

const SYNTAX = '<uuid> [start [read|write] [mute|level <level>]|stop]';

/** `uuid_audio UUID start read|write mute LEVEL` (0 ends it), or `stop`. Levels other than silence are not made. */
export const uuidAudio: ApiCommand = (sw, argument) => {
  const [uuid = '', verb = '', side = '', what = '', level = ''] = splitArguments(argument, 5);
  if (verb === '') return usage(SYNTAX);
  const session = sw.sessions.get(uuid);
  if (!session) return NO_SUCH_CHANNEL;
  const { media } = session.leg;
  if (verb.toLowerCase() === 'stop') {
    media?.mute('in', false);
    media?.mute('out', false);
    return OK;
  }
  const reading = side.toLowerCase() === 'read';
  if (verb.toLowerCase() !== 'start' || level === '' || (!reading && side.toLowerCase() !== 'write')) {
    return usage(SYNTAX);
  }
  if (what.toLowerCase() === 'mute') media?.mute(reading ? 'in' : 'out', Number.parseInt(level, 10) !== 0);
  return OK;
};
