import { splitArguments } from '../api/arguments.ts';
import { setVariable } from '../core/channel.ts';
import { collectDigits } from '../core/collect-digits.ts';
import { playSounds } from '../core/play.ts';
import type { Session } from '../core/session.ts';
import type { Application } from '../core/switch-core.ts';
import { transfer } from '../core/transfer.ts';
import { mayGoOn } from '../core/wait.ts';

const MAX_TIMEOUT_MS = 600_000;
const MAX_TRIES = 100;
/** A longer pattern is not tried: it would be somebody's attempt to keep the switch busy. */
const MAX_PATTERN_CHARS = 500;

function milliseconds(word: string | undefined, fallback: number): number {
  const value = Number.parseInt(word ?? '', 10);
  return value > 0 ? Math.min(value, MAX_TIMEOUT_MS) : fallback;
}

function fits(digits: string, pattern: string | undefined): boolean {
  if (pattern === undefined || pattern === '') return true;
  if (pattern.length > MAX_PATTERN_CHARS) return false;
  try {
    return new RegExp(pattern).exec(digits)?.[0] === digits;
  } catch {
    return false;
  }
}

function isSound(word: string | undefined): word is string {
  return word !== undefined && word !== '' && word !== 'silence' && word !== 'none';
}

/** Digits that wait from before don't count for this question, unless the leg says they may. */
function dropEarlierDigits(session: Session): void {
  if (session.channel.variables.get('play_and_get_digits_keep_queue') !== 'true') session.digits.length = 0;
}

/**
 * `play_and_get_digits MIN MAX TRIES TIMEOUT_MS TERMINATORS FILE INVALID_FILE VARIABLE PATTERN [DIGIT_TIMEOUT_MS] [TRANSFER]`:
 * sets VARIABLE when the input is long enough and fits, else leaves it unset.
 */
export const playAndGetDigits: Application = async (sw, session, data) => {
  const [min, max, tries, timeout, terminators, prompt, invalid, name, pattern, digitTimeout, ...onFailure] =
    splitArguments(data, 13);
  if (name === undefined) return;
  const { channel } = session;
  const minDigits = Math.max(0, Number.parseInt(min ?? '', 10) || 0);
  const maxDigits = Math.min(128, Math.max(minDigits, 1, Number.parseInt(max ?? '', 10) || 1));
  const firstDigitTimeoutMs = milliseconds(timeout, 5000);
  setVariable(channel, name, undefined);
  setVariable(channel, `${name}_invalid`, undefined);
  dropEarlierDigits(session);
  const most = Math.min(MAX_TRIES, Math.max(1, Number.parseInt(tries ?? '', 10) || 1));
  for (let attempt = 0; attempt < most && mayGoOn(session); attempt++) {
    const got = await collectDigits(sw, session, {
      maxDigits,
      firstDigitTimeoutMs,
      interDigitTimeoutMs: milliseconds(digitTimeout, firstDigitTimeoutMs),
      terminators: terminators === 'none' ? '' : (terminators ?? '#'),
      ...(isSound(prompt) ? { prompt } : {}),
    });
    setVariable(channel, 'read_terminator_used', got.terminator);
    if (got.digits.length >= minDigits && (got.digits !== '' || minDigits === 0) && fits(got.digits, pattern)) {
      setVariable(channel, name, got.digits);
      return;
    }
    setVariable(channel, `${name}_invalid`, got.digits);
    if (mayGoOn(session) && isSound(invalid)) await playSounds(sw, session, invalid, { endOn: 'none' });
  }
  const [destination, dialplan, context] = onFailure;
  if (mayGoOn(session) && destination !== undefined) {
    transfer(sw, session, {
      destination,
      ...(dialplan === undefined ? {} : { dialplan }),
      ...(context === undefined ? {} : { context }),
    });
  }
};
