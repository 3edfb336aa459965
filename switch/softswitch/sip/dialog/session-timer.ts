import type { SipRequest } from '../message/message.ts';
import { ALLOW } from '../transaction/respond.ts';
import { bye } from './bye.ts';
import { requestInDialog } from './dialog-request.ts';
import type { LiveCall } from './live-call.ts';
import { reinvite } from './reinvite.ts';

/** RFC 4028 §5: no interval below this is taken. */
export const MIN_SESSION_SEC = 90;
const MAX_SESSION_SEC = 86_400;

/** What an offer says about the session's time, and what we answer. */
export type SessionTime =
  | { readonly kind: 'none' }
  /** Answer 422 with Min-SE. */
  | { readonly kind: 'too-small' }
  | {
      readonly kind: 'agreed';
      readonly intervalSec: number;
      readonly refresher: 'uac' | 'uas';
      readonly headers: readonly (readonly [string, string])[];
    };

/**
 * Answers Session-Expires as UAS (RFC 4028 §9): the caller refreshes whenever it can. It says itself when we shall,
 * or cannot know of timers at all (a proxy asked): then we refresh.
 */
export function agreeSessionTime(request: SipRequest): SessionTime {
  const value = request.headers.get('Session-Expires');
  const found = value === undefined ? null : /^(\d{1,9})\s*(;.*)?$/.exec(value);
  if (!found) return { kind: 'none' };
  const intervalSec = Math.min(Number(found[1]), MAX_SESSION_SEC);
  if (intervalSec < MIN_SESSION_SEC) return { kind: 'too-small' };
  const callerKnows = request.headers.holds('Supported', 'timer') || request.headers.holds('Require', 'timer');
  const refresher = !callerKnows || /;\s*refresher\s*=\s*uas/i.test(found[2] ?? '') ? 'uas' : 'uac';
  const headers: [string, string][] = [['Session-Expires', `${intervalSec};refresher=${refresher}`]];
  if (callerKnows) headers.push(['Require', 'timer']);
  return { kind: 'agreed', intervalSec, refresher, headers };
}

/** Starts the clock anew after an answered refresh (RFC 4028 §10): BYE shortly before the end, or our refresh at half time. */
export function startSessionTimer(call: LiveCall, time: SessionTime): void {
  call.sessionTimer?.cancel();
  call.sessionTimer = undefined;
  if (time.kind !== 'agreed' || call.ended) return;
  const { clock } = call.core;
  if (time.refresher === 'uas') {
    call.sessionTimer = clock.after(time.intervalSec * 500, () => void refresh(call, time));
    return;
  }
  const marginSec = Math.min(32, time.intervalSec / 3);
  call.sessionTimer = clock.after((time.intervalSec - marginSec) * 1000, () => void bye(call, 'session-expired'));
}

/** A failed refresh that does not end the dialog leaves the session to its time. */
async function refresh(call: LiveCall, time: SessionTime & { kind: 'agreed' }): Promise<void> {
  if (call.ended) return;
  let refreshed: boolean;
  if (call.peerAllows.includes('UPDATE')) {
    const outcome = await requestInDialog(call, 'UPDATE', {
      headers: [
        ['Supported', 'timer'],
        ['Session-Expires', `${time.intervalSec};refresher=uac`],
        ['Allow', ALLOW],
      ],
    });
    refreshed = outcome.kind === 'final' && outcome.response.status < 300;
  } else refreshed = (await reinvite(call, call.localSdp)).kind === 'answered';
  if (call.ended) return;
  if (refreshed) startSessionTimer(call, time);
  else call.sessionTimer = call.core.clock.after(time.intervalSec * 400, () => void bye(call, 'session-expired'));
}
