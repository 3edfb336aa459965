import { broadcast } from '../core/broadcast.ts';
import { isDown } from '../core/channel.ts';
import type { ApiCommand } from '../core/switch-core.ts';
import { splitArguments, usage } from './arguments.ts';

/** `uuid_broadcast UUID PATH [aleg|bleg|holdb|both]`; PATH may be `app::data`. */
export const uuidBroadcast: ApiCommand = (sw, argument) => {
  const [uuid = '', path = '', legs = 'aleg'] = splitArguments(argument, 4);
  if (path === '') return usage('<uuid> <path> [aleg|bleg|holdb|both]');
  const session = sw.sessions.get(uuid);
  if (!session || isDown(session.channel)) return '-ERR invalid uuid\n';
  const partner = session.bridge?.partner;
  if (/both|aleg/i.test(legs) || !/bleg|holdb/i.test(legs)) broadcast(session, path);
  if (/both|bleg/i.test(legs) && partner) broadcast(partner, path);
  return '+OK Message sent\n';
};
