import { preAnswer } from '../core/answer.ts';
import type { ApiCommand } from '../core/switch-core.ts';
import { OK } from './arguments.ts';

/** `uuid_pre_answer UUID` */
export const uuidPreAnswer: ApiCommand = (sw, argument) => {
  const session = sw.sessions.get(argument.trim());
  return session && preAnswer(sw, session) ? OK : '-ERROR\n';
};
