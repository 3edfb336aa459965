import type { ApiCommand } from '../core/switch-core.ts';

/** `global_getvar [NAME]`: a value without a line end, or all of them. */
export const globalGetvar: ApiCommand = (sw, argument) => {
  const name = argument.trim();
  if (name !== '') return sw.globals.get(name) ?? '';
  return [...sw.globals].map(([key, value]) => `${key}=${value}\n`).join('');
};
