import { publishChannelEvent } from './build-event.ts';
import { MAX_QUEUED_DIGITS, type QueuedDigit, type Session, wake } from './session.ts';
import type { SwitchCore } from './switch-core.ts';

/** Samples of a digit that came with no length of its own: 250 ms at 8 kHz. */
export const DEFAULT_DIGIT_SAMPLES = 2000;

/** Puts a digit into the leg's queue. When the queue is full the oldest one goes. */
export function queueDigit(session: Session, digit: QueuedDigit): void {
  if (session.digits.length >= MAX_QUEUED_DIGITS) session.digits.shift();
  session.digits.push(digit);
  wake(session);
}

/** Takes the next digit out of the queue and says so: a DTMF event comes when a digit is read, not when it is pressed. */
export function takeDigit(sw: SwitchCore, session: Session): string | undefined {
  const next = session.digits.shift();
  if (!next) return undefined;
  if (session.digitsDialed.length < MAX_QUEUED_DIGITS) session.digitsDialed.push(next.digit);
  publishChannelEvent(sw, session.channel, 'DTMF', {
    after: [
      ['DTMF-Digit', next.digit],
      ['DTMF-Duration', String(next.durationSamples)],
      ['DTMF-Source', next.source],
    ],
  });
  return next.digit;
}
