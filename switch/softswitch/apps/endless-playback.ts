import { playSounds } from '../core/play.ts';
import type { Application } from '../core/switch-core.ts';
import { mayGoOn } from '../core/wait.ts';

/** Plays a sound over and over until it is broken off. */
export const endlessPlayback: Application = async (sw, session, data) => {
  while (mayGoOn(session)) {
    const end = await playSounds(sw, session, data, { loop: true });
    if (end.kind !== 'done') return;
  }
};
