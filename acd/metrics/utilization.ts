import { shareOf } from './share.ts';

/** (talk + hold + wrap-up) / signed-in time, 0–1. */
export function utilization(time: {
  readonly handlingMs: number;
  readonly wrapUpMs: number;
  readonly signedInMs: number;
}): number | undefined {
  return shareOf(time.handlingMs + time.wrapUpMs, time.signedInMs);
}
