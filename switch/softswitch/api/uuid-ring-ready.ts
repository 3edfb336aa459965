import { ringReady } from '../core/ring-ready.ts';
import type { ApiCommand } from '../core/switch-core.ts';
import { OK, splitArguments, usage } from './arguments.ts';

/** `uuid_ring_ready UUID [queued]` */
export const uuidRingReady: ApiCommand = (sw, argument) => {
  const [uuid = ''] = splitArguments(argument, 2);
  if (uuid === '') return usage('<uuid> [queued]');
  const session = sw.sessions.get(uuid);
  if (!session) return '-ERROR\n';
  ringReady(sw, session);
  return OK;
};
