import type { QueueStay, StayEnd } from '../../flows/index.ts';

/** A stay in a queue with the way to end it, and to hand it the caller's keys. */
export interface LiveStay extends QueueStay {
  settle(end: StayEnd): void;
  hearDigit(digit: string): void;
}
