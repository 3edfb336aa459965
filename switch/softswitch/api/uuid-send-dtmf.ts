import type { ApiCommand } from '../core/switch-core.ts';
import { FAILED, NO_SUCH_SESSION, splitArguments, usage } from './arguments.ts';

/** `uuid_send_dtmf UUID DIGITS[@DURATION_MS]`: sends digits to the leg's phone. */
export const uuidSendDtmf: ApiCommand = (sw, argument) => {
  const [uuid = '', text = ''] = splitArguments(argument, 2);
  const [digits = '', duration = ''] = text.split('@');
  if (digits === '') return usage('<uuid> <dtmf_data>');
  const session = sw.sessions.get(uuid);
  if (!session) return NO_SUCH_SESSION;
  const { media } = session.leg;
  if (!media) return FAILED;
  const durationMs = Number(duration);
  media.sendDigits(digits, durationMs > 0 ? { durationMs: Math.min(durationMs, 8000) } : {});
  return `+OK ${uuid} sent DTMF ${text}.\n`;
};
