import { answer } from '../core/answer.ts';
import type { ApiCommand } from '../core/switch-core.ts';
import { OK } from './arguments.ts';

/** `uuid_answer UUID` */
export const uuidAnswer: ApiCommand = (sw, argument) => {
  const session = sw.sessions.get(argument.trim());
  return session && answer(sw, session) ? OK : '-ERROR\n';
};
