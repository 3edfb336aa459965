import { splitArguments } from '../api/arguments.ts';
import { setVariable } from '../core/channel.ts';
import { collectDigits } from '../core/collect-digits.ts';
import type { Application } from '../core/switch-core.ts';
import { mayGoOn } from '../core/wait.ts';

/** `read MIN MAX SOUND VARIABLE TIMEOUT_MS [TERMINATORS] [DIGIT_TIMEOUT_MS]`: one try; `read_result` says how it went. */
export const read: Application = async (sw, session, data) => {
  const [min, max, sound, name, timeout, terminators, digitTimeout] = splitArguments(data, 7);
  if (name === undefined) return;
  const { channel } = session;
  const firstDigitTimeoutMs = Math.min(600_000, Number.parseInt(timeout ?? '', 10) || 5000);
  const minDigits = Number.parseInt(min ?? '', 10) || 0;
  setVariable(channel, name, undefined);
  const got = await collectDigits(sw, session, {
    maxDigits: Math.min(128, Math.max(1, Number.parseInt(max ?? '', 10) || 1)),
    firstDigitTimeoutMs,
    interDigitTimeoutMs: Math.min(600_000, Number.parseInt(digitTimeout ?? '', 10) || firstDigitTimeoutMs),
    terminators: terminators === undefined || terminators === 'none' ? '' : terminators,
    ...(sound === undefined || sound === 'silence' ? {} : { prompt: sound }),
  });
  setVariable(channel, 'read_terminator_used', got.terminator);
  setVariable(channel, name, got.digits);
  const enough = got.digits.length >= minDigits && got.digits !== '';
  setVariable(channel, 'read_result', enough ? 'success' : mayGoOn(session) ? 'timeout' : 'failure');
};
