import { takeDigit } from './digits.ts';
import { runQueue } from './execute.ts';
import { playSounds } from './play.ts';
import type { Session } from './session.ts';
import type { SwitchCore } from './switch-core.ts';
import { mayGoOn, nextWake } from './wait.ts';

export interface CollectOptions {
  readonly maxDigits: number;
  /** Wait for the first digit after the prompt, ms. */
  readonly firstDigitTimeoutMs: number;
  readonly interDigitTimeoutMs: number;
  /** Digits that end the input and are not part of it. */
  readonly terminators: string;
  /** Played first; a digit ends it. */
  readonly prompt?: string;
}

export interface Collected {
  readonly digits: string;
  /** The terminator that ended it, if one did. */
  readonly terminator?: string;
  readonly timedOut: boolean;
}

/** Plays the prompt once and reads digits until there are enough, a terminator comes, or the phone is silent too long. */
export async function collectDigits(sw: SwitchCore, session: Session, options: CollectOptions): Promise<Collected> {
  let digits = '';
  const take = (digit: string): Collected | undefined => {
    if (options.terminators.includes(digit)) return { digits, terminator: digit, timedOut: false };
    digits += digit;
    return digits.length >= options.maxDigits ? { digits, timedOut: false } : undefined;
  };
  if (options.prompt !== undefined) {
    const end = await playSounds(sw, session, options.prompt, { endOn: 'any' });
    if (end.kind === 'break' && end.digit !== undefined) {
      const whole = take(end.digit);
      if (whole) return whole;
    }
  }
  let deadlineMs = sw.clock.now() + (digits === '' ? options.firstDigitTimeoutMs : options.interDigitTimeoutMs);
  while (mayGoOn(session)) {
    const leftMs = deadlineMs - sw.clock.now();
    if (leftMs <= 0) break;
    const woken = await nextWake(session, sw.clock, { digits: true, timeoutMs: leftMs });
    if (woken === 'message') await runQueue(sw, session);
    else if (woken === 'break') break;
    else if (woken === 'digit') {
      const digit = takeDigit(sw, session);
      const whole = digit === undefined ? undefined : take(digit);
      if (whole) return whole;
      deadlineMs = sw.clock.now() + options.interDigitTimeoutMs;
    }
  }
  return { digits, timedOut: true };
}
