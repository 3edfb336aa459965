import { unbridgeLeg } from './bridge.ts';
import { refreshFeed } from './feed.ts';
import type { LegState } from './leg-state.ts';

/** See `LegMedia.close`. Recordings end first, while they can still see the partner. */
export async function closeLeg(leg: LegState): Promise<void> {
  if (leg.closed) return;
  for (const recorder of [...leg.engine.recorders.values()]) if (recorder.isOf(leg)) recorder.end('leg-closed');
  leg.closed = true;
  unbridgeLeg(leg);
  leg.room?.leave(leg);
  leg.supervising?.stop();
  for (const supervision of [...leg.watchedBy]) supervision.stop();
  leg.playback?.stop();
  leg.music = undefined;
  leg.digits = undefined;
  leg.timeoutListener = undefined;
  refreshFeed(leg);
  leg.engine.legs.delete(leg);
  leg.digitListeners.clear();
  leg.failureListeners.clear();
  await leg.transport.close();
}
