import type { Application } from '../core/switch-core.ts';

/** `send_dtmf DIGITS[@DURATION_MS]`: sends digits to the leg's phone. */
export const sendDtmf: Application = (_sw, session, data) => {
  const [digits = '', duration = ''] = data.split('@');
  const durationMs = Number(duration);
  session.leg.media?.sendDigits(digits, durationMs > 0 ? { durationMs: Math.min(durationMs, 8000) } : {});
};
