import { DEFAULT_DIGIT_SAMPLES, queueDigit } from '../core/digits.ts';
import type { Application } from '../core/switch-core.ts';

/** `queue_dtmf DIGITS`: as if the leg's phone had pressed them. */
export const queueDtmf: Application = (_sw, session, data) => {
  for (const digit of (data.split('@')[0] ?? '')
    .toUpperCase()
    .replace(/[^0-9*#A-D]/g, '')
    .slice(0, 64)) {
    queueDigit(session, { digit, durationSamples: DEFAULT_DIGIT_SAMPLES, source: 'APP' });
  }
};
