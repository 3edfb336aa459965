/** Whether this tab holds the agent's phone. */
export type LeaseState = 'waiting' | 'held' | 'elsewhere';

export interface Lease {
  /** Takes the phone from the other tab. */
  takeOver(): void;
  close(): void;
}

/** How long the lock may take to come before the page says that another tab has it; a reloading tab frees its own within this. */
const SAY_ELSEWHERE_AFTER_MS = 600;

/**
 * One phone for all tabs of an agent, by a Web Lock. The lock goes to the next tab by itself when the holder closes; a tab that is
 * robbed of it hears `elsewhere`. Without Web Locks (plain http on another host) every tab has its own phone.
 */
export function holdLease(name: string, tell: (state: LeaseState) => void, locks = globalThis.navigator?.locks): Lease {
  if (!locks) {
    tell('held');
    return { takeOver() {}, close() {} };
  }
  let closed = false;
  let release: (() => void) | undefined;
  let waiting = new AbortController();
  const hold = () =>
    new Promise<void>((resolve) => {
      release = resolve;
      if (closed) resolve();
      else tell('held');
    });
  const wait = () => {
    waiting = new AbortController();
    locks.request(name, { signal: waiting.signal }, hold).catch((cause: unknown) => {
      const mine = waiting.signal.aborted;
      if (!closed && !mine && cause instanceof Error) {
        tell('elsewhere');
        wait();
      }
    });
  };
  tell('waiting');
  const timer = setTimeout(() => {
    if (!release && !closed) tell('elsewhere');
  }, SAY_ELSEWHERE_AFTER_MS);
  wait();
  return {
    takeOver() {
      if (closed) return;
      waiting.abort();
      locks.request(name, { steal: true }, hold).catch(() => {
        if (closed) return;
        tell('elsewhere');
        wait();
      });
    },
    close() {
      if (closed) return;
      closed = true;
      clearTimeout(timer);
      waiting.abort();
      release?.();
    },
  };
}
