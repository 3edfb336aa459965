import type { Socket } from 'socket.io-client';

const EVERY_MS = 5_000;
const DEADLINE_MS = 4_000;

/** Measures the round trip while the page is open. `undefined` means that no answer came in time. */
export function measureRoundTrip(socket: Socket, tell: (roundTripMs: number | undefined) => void): () => void {
  const measure = () => {
    if (!socket.connected) return;
    const startedAt = performance.now();
    socket.timeout(DEADLINE_MS).emit('ping', (fault: Error | null) => {
      tell(fault ? undefined : Math.round(performance.now() - startedAt));
    });
  };
  measure();
  const timer = setInterval(measure, EVERY_MS);
  socket.on('connect', measure);
  return () => {
    clearInterval(timer);
    socket.off('connect', measure);
  };
}

/** Strength of the connection in bars, 0–4, by round trip. Above 300 ms a conversation is hard. */
export function networkBars(connected: boolean, roundTripMs: number | undefined): 0 | 1 | 2 | 3 | 4 {
  if (!connected) return 0;
  if (roundTripMs === undefined) return 1;
  if (roundTripMs <= 100) return 4;
  if (roundTripMs <= 200) return 3;
  return roundTripMs <= 400 ? 2 : 1;
}
