import { setVariable } from '../core/channel.ts';
import { expandVariables } from '../core/read-variable.ts';
import type { Application } from '../core/switch-core.ts';

/** `set NAME=VALUE`; `${OTHER}` in VALUE is replaced. */
export const set: Application = (_sw, session, data) => {
  const at = data.indexOf('=');
  const name = (at < 0 ? data : data.slice(0, at)).trim();
  if (name !== '')
    setVariable(session.channel, name, at < 0 ? '' : expandVariables(session.channel, data.slice(at + 1)));
};
