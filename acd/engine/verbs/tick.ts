import { fallDue } from '../due/fall-due.ts';
import { settle } from '../matching/settle.ts';
import type { World } from '../world.ts';

/** Everything that is due by now happens, in order of its time. */
export function tick(world: World): void {
  for (;;) {
    const next = world.deadlines.next();
    if (!next || next.atMs > world.nowMs) return;
    world.deadlines.remove(next);
    fallDue(world, next.what);
    settle(world);
  }
}
