import { findCause } from '../core/causes.ts';
import { hangUp } from '../core/hang-up.ts';
import type { ApiCommand } from '../core/switch-core.ts';
import { splitArguments } from './arguments.ts';

/** `hupall [CAUSE [VARIABLE VALUE]]` */
export const hupall: ApiCommand = (sw, argument) => {
  const [word = '', name = '', value = ''] = splitArguments(argument, 3);
  const cause = findCause(word) ?? 'MANAGER_REQUEST';
  for (const session of [...sw.sessions.values()]) {
    if (name === '' || session.channel.variables.get(name) === value) hangUp(sw, session, cause);
  }
  if (name === '') return `+OK hangup all channels with cause ${cause}\n`;
  return `+OK hangup all channels matching [${name}]=[${value}] with cause: ${cause}\n`;
};
