import { variableIsTrue } from '../core/channel.ts';
import { takeDigit } from '../core/digits.ts';
import { runQueue } from '../core/execute.ts';
import type { Application } from '../core/switch-core.ts';
import { mayGoOn, nextWake } from '../core/wait.ts';

const MAX_SLEEP_MS = 86_400_000;

/** `sleep MS`. Digits wait, unless `sleep_eat_digits` is set. */
export const sleep: Application = async (sw, session, data) => {
  const ms = Math.min(Math.max(0, Number.parseInt(data, 10) || 0), MAX_SLEEP_MS);
  const endMs = sw.clock.now() + ms;
  const eats = variableIsTrue(session.channel, 'sleep_eat_digits');
  while (mayGoOn(session)) {
    const leftMs = endMs - sw.clock.now();
    if (leftMs <= 0) return;
    const woken = await nextWake(session, sw.clock, { timeoutMs: leftMs, digits: eats });
    if (woken === 'message') await runQueue(sw, session);
    else if (woken === 'digit') takeDigit(sw, session);
    else if (woken === 'timeout' || woken === 'break') return;
  }
};
