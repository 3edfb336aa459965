import { publishChannelEvent } from './build-event.ts';
import { type Cause, findCause } from './causes.ts';
import { setVariable } from './channel.ts';
import { takeDigit } from './digits.ts';
import { runQueue } from './execute.ts';
import { hangUp } from './hang-up.ts';
import type { Session } from './session.ts';
import type { SwitchCore } from './switch-core.ts';
import { transfer } from './transfer.ts';
import { mayGoOn, nextWake } from './wait.ts';

/** What happens when nobody takes a parked leg in time. */
type ParkEnd = { readonly kind: 'hang-up'; readonly cause: Cause } | { readonly kind: 'transfer'; readonly to: string };

/**
 * Reads `park_timeout`: `SECONDS`, `SECONDS:CAUSE` as FreeSWITCH has it, or `SECONDS:EXTENSION`, which FreeSWITCH
 * takes for an unknown cause and hangs up normally.
 */
export function parseParkTimeout(value: string): { readonly afterMs: number; readonly end: ParkEnd } | undefined {
  const [seconds = '', ...rest] = value.split(':');
  const afterMs = Number.parseInt(seconds, 10) * 1000;
  if (!(afterMs >= 0)) return undefined;
  const word = rest.join(':').trim();
  if (word === '') return { afterMs, end: { kind: 'hang-up', cause: 'NORMAL_CLEARING' } };
  const cause = findCause(word);
  return { afterMs, end: cause ? { kind: 'hang-up', cause } : { kind: 'transfer', to: word } };
}

/** Keeps a leg until it is asked elsewhere: it runs what is queued for it, and reads its digits so that they are told. */
export async function park(sw: SwitchCore, session: Session): Promise<void> {
  const { channel } = session;
  const word = channel.variables.get('park_timeout');
  const limit = word === undefined ? undefined : parseParkTimeout(word);
  setVariable(channel, 'park_timeout', undefined);
  publishChannelEvent(sw, channel, 'CHANNEL_PARK');
  const parkedAtMs = sw.clock.now();
  session.parkedAtMs = parkedAtMs;
  while (mayGoOn(session)) {
    const leftMs = limit ? Math.max(0, parkedAtMs + limit.afterMs - sw.clock.now()) : undefined;
    const woken = await nextWake(session, sw.clock, {
      digits: true,
      ...(leftMs === undefined ? {} : { timeoutMs: leftMs }),
    });
    if (woken === 'message') await runQueue(sw, session);
    else if (woken === 'digit') takeDigit(sw, session);
    else if (woken === 'timeout' && limit) {
      if (limit.end.kind === 'hang-up') hangUp(sw, session, limit.end.cause);
      else transfer(sw, session, { destination: limit.end.to });
    }
  }
  session.parkedAtMs = undefined;
  publishChannelEvent(sw, channel, 'CHANNEL_UNPARK');
}
