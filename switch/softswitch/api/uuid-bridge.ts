import type { ApiCommand } from '../core/switch-core.ts';
import { uuidBridge as joinByUuid } from '../core/uuid-bridge.ts';
import { splitArguments, usage } from './arguments.ts';

/** `uuid_bridge UUID OTHER [OTHER]`: the second other is tried when the first one can't be joined. */
export const uuidBridge: ApiCommand = (sw, argument) => {
  const [uuid = '', ...others] = splitArguments(argument, 3);
  if (uuid === '' || others.length === 0) return usage('<uuid> <other_uuid>');
  const first = sw.sessions.get(uuid);
  for (const other of others) {
    const second = sw.sessions.get(other);
    if (first && second && joinByUuid(sw, first, second)) return `+OK ${other}\n`;
  }
  return '-ERR Invalid uuid\n';
};
