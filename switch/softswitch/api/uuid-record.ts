import { isDown } from '../core/channel.ts';
import { startRecording, stopRecording } from '../core/record.ts';
import type { ApiCommand } from '../core/switch-core.ts';
import { NO_SUCH_SESSION, OK_SUCCESS, splitArguments, usage } from './arguments.ts';

const SYNTAX = '<uuid> [start|stop|mask|unmask] <path> [<limit>] [<recording_vars>]';

/** `uuid_record UUID start|stop|mask|unmask PATH [LIMIT]`; `stop … all` stops every one. */
export const uuidRecord: ApiCommand = (sw, argument) => {
  const [uuid = '', action = '', path = '', limit = ''] = splitArguments(argument, 5);
  if (path === '') return usage(SYNTAX);
  const session = sw.sessions.get(uuid);
  if (!session || isDown(session.channel)) return NO_SUCH_SESSION;
  switch (action.toLowerCase()) {
    case 'start':
      return startRecording(sw, session, path, Number.parseInt(limit, 10) || 0)
        ? OK_SUCCESS
        : '-ERR Cannot record session!\n';
    case 'stop':
      return stopRecording(session, path) ? OK_SUCCESS : '-ERR Cannot stop record session!\n';
    case 'mask': {
      const recording = session.recordings.get(path);
      recording?.pause();
      return recording ? OK_SUCCESS : '-ERR Cannot mask recording session!\n';
    }
    case 'unmask': {
      const recording = session.recordings.get(path);
      recording?.resume();
      return recording ? OK_SUCCESS : '-ERR Cannot unmask recording session!\n';
    }
    default:
      return usage(SYNTAX);
  }
};
