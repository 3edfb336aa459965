import type { Session } from './session.ts';
import type { SwitchCore } from './switch-core.ts';
import { transfer } from './transfer.ts';

/** Extension that tells a caller that nobody can be reached, and hangs up. */
export const WAY_OUT_EXTENSION = 'tandem-way-out';

/** How often legs are looked at, ms. */
const LOOK_EVERY_MS = 1000;

/** What the way out does: the configured prompt, if there is one, then the end. */
export function wayOut(sw: SwitchCore): { app: string; data: string }[] {
  const prompt = sw.settings.parking.prompt;
  return [
    ...(prompt === undefined ? [] : [{ app: 'playback', data: prompt }]),
    { app: 'hangup', data: 'NORMAL_TEMPORARY_FAILURE' },
  ];
}

/** True for a parked leg that nobody controls: an inbound one that no command ever named, or any when nobody is connected any more. */
function isStranded(sw: SwitchCore, session: Session): boolean {
  const { channel, parkedAtMs } = session;
  if (parkedAtMs === undefined || session.bridge) return false;
  if (channel.profile?.destinationNumber === WAY_OUT_EXTENSION) return false;
  const now = sw.clock.now();
  const limitMs = sw.settings.parking.unattendedSec * 1000;
  const neverNamed = channel.direction === 'inbound' && session.controlledAtMs === undefined;
  if (neverNamed && now - parkedAtMs >= limitMs) return true;
  return sw.unattendedSinceMs !== undefined && now - Math.max(sw.unattendedSinceMs, parkedAtMs) >= limitMs;
}

/** Looks for stranded legs from now on, and gives each a way out. Returns how to stop. */
export function watchStranded(sw: SwitchCore): () => void {
  let stopped = false;
  let timer = sw.clock.after(LOOK_EVERY_MS, look);
  function look(): void {
    if (stopped) return;
    for (const session of sw.sessions.values()) {
      if (!isStranded(sw, session)) continue;
      sw.logger.warn({ legId: session.channel.uuid }, 'nobody controls this leg, it gets the way out');
      session.queue.length = 0;
      transfer(sw, session, { destination: WAY_OUT_EXTENSION, dialplan: 'XML' });
    }
    timer = sw.clock.after(LOOK_EVERY_MS, look);
  }
  return () => {
    stopped = true;
    timer.cancel();
  };
}
