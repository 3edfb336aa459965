import { shareOf } from './share.ts';

/**
 * (talk + hold + wrap-up + ringing) / (the same + available-idle), 0–1. All in ms of an agent's own time: with several contacts at once
 * a minute counts once.
 */
export function occupancy(time: {
  readonly handlingMs: number;
  readonly wrapUpMs: number;
  readonly ringingMs: number;
  readonly availableIdleMs: number;
}): number | undefined {
  const busyMs = time.handlingMs + time.wrapUpMs + time.ringingMs;
  return shareOf(busyMs, busyMs + time.availableIdleMs);
}
