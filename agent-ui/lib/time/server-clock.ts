/** How many of the last readings are kept; the least delayed of them is believed. */
const READINGS = 12;

/**
 * The server's clock as the page knows it. Each message from the server brings its time, late by the way here; the reading with the
 * largest offset came fastest, so it is the one believed, and a slow message never makes a timer jump.
 */
export interface ServerClock {
  /** Takes the server's time in ms since 1970 from a message that just arrived. */
  read(serverNowMs: number): void;
  /** The server's time now, ms since 1970. */
  nowMs(): number;
}

export function createServerClock(localNowMs: () => number = Date.now): ServerClock {
  let offsets: number[] = [];
  return {
    read(serverNowMs) {
      offsets = [...offsets.slice(1 - READINGS), serverNowMs - localNowMs()];
    },
    nowMs() {
      return localNowMs() + (offsets.length === 0 ? 0 : Math.max(...offsets));
    },
  };
}

/** The one clock of this page. */
export const serverClock = createServerClock();
