import { answer } from '../core/answer.ts';
import { takeDigit } from '../core/digits.ts';
import { runQueue } from '../core/execute.ts';
import type { Application } from '../core/switch-core.ts';
import { mayGoOn, nextWake } from '../core/wait.ts';

/** Sends digits back as they come. The sound itself is not sent back: a leg can't be its own partner here. */
export const echo: Application = async (sw, session) => {
  answer(sw, session);
  while (mayGoOn(session)) {
    const woken = await nextWake(session, sw.clock, { digits: true });
    if (woken === 'message') await runQueue(sw, session);
    else if (woken === 'break') return;
    else if (woken === 'digit') {
      const digit = takeDigit(sw, session);
      if (digit !== undefined) session.leg.media?.sendDigits(digit);
    }
  }
};
