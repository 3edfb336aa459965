import { useSyncExternalStore } from 'react';
import { serverClock } from './server-clock.ts';

const TICK_MS = 200;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const tell of listeners) tell();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== undefined) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** Whole seconds since a moment of the server's clock; the component draws anew only when the number changes. */
export function useSecondsSince(sinceMs: number): number {
  return useSyncExternalStore(subscribe, () => Math.max(0, Math.floor((serverClock.nowMs() - sinceMs) / 1000)));
}

/** Whole seconds until a moment of the server's clock, never below 0. */
export function useSecondsUntil(untilMs: number): number {
  return useSyncExternalStore(subscribe, () => Math.max(0, Math.ceil((untilMs - serverClock.nowMs()) / 1000)));
}
