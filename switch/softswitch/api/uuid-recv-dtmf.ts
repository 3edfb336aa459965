import { DEFAULT_DIGIT_SAMPLES, queueDigit } from '../core/digits.ts';
import type { ApiCommand } from '../core/switch-core.ts';
import { NO_SUCH_SESSION, splitArguments, usage } from './arguments.ts';

/** `uuid_recv_dtmf UUID DIGITS[@SAMPLES]`: as if the leg's phone had pressed them. */
export const uuidRecvDtmf: ApiCommand = (sw, argument) => {
  const [uuid = '', text = ''] = splitArguments(argument, 2);
  const [digits = '', samples = ''] = text.split('@');
  if (!/^[0-9*#A-Da-dwWFf]{1,64}$/.test(digits)) return usage('<uuid> <dtmf_data>');
  const session = sw.sessions.get(uuid);
  if (!session) return NO_SUCH_SESSION;
  const durationSamples = Number(samples) > 0 ? Number(samples) : DEFAULT_DIGIT_SAMPLES;
  for (const digit of digits.toUpperCase().replace(/[WF]/g, '')) {
    queueDigit(session, { digit, durationSamples, source: 'APP' });
  }
  return `+OK ${uuid} received DTMF ${text}.\n`;
};
