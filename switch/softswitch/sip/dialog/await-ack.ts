import type { Timer } from '../../../../config/clock.ts';
import type { LiveCall } from './live-call.ts';

/**
 * Repeats a 2xx to INVITE on any transport until its ACK comes: after T1, doubling to T2, for 64·T1 (RFC 3261 §13.3.1.4).
 * `onAck` gets the SDP of the ACK, if any; `onNone` comes when it never arrived.
 */
export function awaitAck(
  call: LiveCall,
  cseq: number,
  repeat: () => void,
  onAck: (sdp: string | undefined) => void,
  onNone: () => void,
): void {
  const { clock, times, counters } = call.core;
  let timer: Timer | undefined;
  const deadline = clock.after(64 * times.t1Ms, () => {
    stop();
    onNone();
  });
  const again = (delayMs: number): void => {
    timer = clock.after(delayMs, () => {
      counters.retransmitsOut++;
      repeat();
      again(Math.min(delayMs * 2, times.t2Ms));
    });
  };
  const stop = (): void => {
    timer?.cancel();
    deadline.cancel();
    call.awaitedAcks.delete(cseq);
  };
  call.awaitedAcks.set(cseq, {
    acknowledged: (sdp) => {
      stop();
      onAck(sdp);
    },
    cancel: stop,
  });
  again(times.t1Ms);
}
