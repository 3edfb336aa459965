import type { ApiCommand } from '../core/switch-core.ts';
import { FAILED, OK_SUCCESS, splitArguments, usage } from './arguments.ts';

/** `uuid_media [off] UUID`: sound always goes through this switch, so `on` is what is, and `off` is refused. */
export const uuidMedia: ApiCommand = (sw, argument) => {
  const words = splitArguments(argument, 2);
  const off = words[0]?.toLowerCase() === 'off';
  const uuid = off ? words[1] : words[0];
  if (!uuid) return usage('[off] <uuid>');
  return !off && sw.sessions.has(uuid) ? OK_SUCCESS : FAILED;
};
