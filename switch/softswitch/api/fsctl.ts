import { findCause } from '../core/causes.ts';
import { hangUp } from '../core/hang-up.ts';
import { sessionsThisSecond } from '../core/session-rate.ts';
import type { ApiCommand } from '../core/switch-core.ts';
import { splitArguments, usage } from './arguments.ts';

const SYNTAX = '[hupall|last_sps|sps|max_sessions|loglevel]';

function whole(word: string | undefined): number | undefined {
  const value = Number(word);
  return word !== undefined && Number.isInteger(value) && value > 0 && value <= 100_000 ? value : undefined;
}

/** `fsctl max_sessions [N]`, `sps [N]`, `last_sps`, `hupall [CAUSE]` */
export const fsctl: ApiCommand = (sw, argument) => {
  const [verb = '', value] = splitArguments(argument, 2);
  switch (verb.toLowerCase()) {
    case 'max_sessions':
      sw.maxSessions = whole(value) ?? sw.maxSessions;
      return `+OK max sessions: ${sw.maxSessions}\n`;
    case 'sps':
      sw.maxSessionsPerSecond = whole(value) ?? sw.maxSessionsPerSecond;
      return `+OK sessions per second: ${sw.maxSessionsPerSecond}\n`;
    case 'last_sps':
      return `+OK last sessions per second: ${sessionsThisSecond(sw)}\n`;
    case 'hupall': {
      const cause = findCause(value ?? '') ?? 'MANAGER_REQUEST';
      for (const session of [...sw.sessions.values()]) hangUp(sw, session, cause);
      return '+OK\n';
    }
    case '':
      return usage(SYNTAX);
    default:
      return `-ERR Invalid command\nUSAGE: fsctl ${SYNTAX}\n`;
  }
};
