import type { Pool } from '../model.ts';
import type { World } from '../world.ts';

export const queuePoolKey = (queueId: string): string => `q:${queueId}`;
export const groupPoolKey = (group: string): string => `g:${group}`;

/** The pool of a queue or group, made when it is first asked for. */
export function poolOf(world: World, key: string): Pool {
  let pool = world.pools.get(key);
  if (!pool) {
    pool = {
      key,
      classes: new Set(),
      needs: new Set(),
      ready: { voice: new Set(), chat: new Set(), email: new Set() },
    };
    world.pools.set(key, pool);
  }
  return pool;
}
