import { setVariable } from '../core/channel.ts';
import { expandVariables } from '../core/read-variable.ts';
import type { Application } from '../core/switch-core.ts';

/** `export [nolocal:]NAME=VALUE`: sets it here, and on legs that `bridge` makes from here. */
export const exportVariable: Application = (_sw, session, data) => {
  const { channel } = session;
  const [, noLocal, name = '', value = ''] = /^(nolocal:)?([^=]+)=?(.*)$/s.exec(data) ?? [];
  if (name === '') return;
  setVariable(channel, noLocal ? `nolocal:${name}` : name, expandVariables(channel, value));
  const names = new Set((channel.variables.get('export_vars') ?? '').split(',').filter(Boolean));
  names.add(noLocal ? `nolocal:${name}` : name);
  setVariable(channel, 'export_vars', [...names].join(','));
};
