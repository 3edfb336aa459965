import { publishChannelEvent } from './build-event.ts';
import type { LegTimes } from './caller-profile.ts';
import { q850Of } from './causes.ts';
import { setVariable } from './channel.ts';
import type { Session } from './session.ts';
import { enterState } from './set-state.ts';
import type { SwitchCore } from './switch-core.ts';
import { localStamp } from './time.ts';

/** Moments that the final variables name, in FreeSWITCH's order. */
const MOMENTS = [
  ['start', 'created'],
  ['profile_start', 'profileCreated'],
  ['answer', 'answered'],
  ['bridge', 'bridged'],
  ['hold', 'lastHold'],
  ['progress', 'progress'],
  ['progress_media', 'progressMedia'],
  ['end', 'hangup'],
] as const satisfies readonly (readonly [string, keyof LegTimes])[];

/** The variables of a call's record: cause, stamps, durations. */
function setFinalVariables(session: Session): void {
  const { channel } = session;
  const profile = channel.profile;
  const cause = channel.hangupCause ?? 'NORMAL_CLEARING';
  const set = (name: string, value: string | number) => setVariable(channel, name, String(value));
  set('hangup_cause', cause);
  set('hangup_cause_q850', q850Of(cause));
  set('digits_dialed', session.digitsDialed.length > 0 ? session.digitsDialed.join('') : 'none');
  if (!profile) return;
  const { times } = profile;
  for (const [name, key] of MOMENTS) if (times[key] > 0) set(`${name}_stamp`, localStamp(times[key] / 1000));
  for (const [name, key] of MOMENTS) {
    const word = name === 'hold' ? 'last_hold' : name;
    set(`${word}_epoch`, Math.floor(times[key] / 1_000_000));
    set(`${word}_uepoch`, times[key]);
  }
  if (session.lastApp) {
    set('last_app', session.lastApp.app);
    set('last_arg', session.lastApp.data);
  }
  set(
    'caller_id',
    profile.callerIdName ? `"${profile.callerIdName}" <${profile.callerIdNumber}>` : profile.callerIdNumber,
  );
  const since = (from: number, to: number) => (from > 0 && to > from ? to - from : 0);
  const spans: readonly (readonly [string, number])[] = [
    ['duration', since(times.created, times.hangup)],
    ['bill', since(times.answered, times.hangup)],
    ['progress', since(times.created, times.progress)],
    ['answer', since(times.created, times.answered)],
    ['wait', since(times.created, times.bridged)],
    ['progress_media', since(times.created, times.progressMedia)],
    ['flow_bill', since(times.created, times.hangup)],
  ];
  const named = (name: string, unit: 's' | 'm' | 'u') => {
    if (name === 'duration') return unit === 's' ? 'duration' : `${unit}duration`;
    return `${name}${unit === 's' ? '' : unit}sec`;
  };
  for (const [name, us] of spans) set(named(name, 's'), Math.floor(us / 1_000_000));
  for (const [name, us] of spans) set(named(name, 'm'), Math.floor(us / 1000));
  for (const [name, us] of spans) set(named(name, 'u'), us);
  for (const [name, value] of session.leg.endVariables()) set(name, value);
}

/** The last states of a leg: hung up, reported, destroyed. It is out of the switch's list before the last event is told. */
export function finish(sw: SwitchCore, session: Session): void {
  const { channel } = session;
  for (const cleanup of session.cleanups.splice(0)) cleanup();
  for (const recording of session.recordings.values()) recording.stop();
  enterState(sw, session);
  channel.callUuid = channel.uuid;
  channel.state = 'CS_REPORTING';
  enterState(sw, session);
  setFinalVariables(session);
  const cause = channel.hangupCause ?? 'NORMAL_CLEARING';
  publishChannelEvent(sw, channel, 'CHANNEL_HANGUP_COMPLETE', { before: [['Hangup-Cause', cause]] });
  channel.state = 'CS_DESTROY';
  sw.sessions.delete(channel.uuid);
  publishChannelEvent(sw, channel, 'CHANNEL_DESTROY');
  enterState(sw, session);
  session.markGone();
  session.leg.media?.close().catch((error: unknown) => {
    sw.logger.error({ legId: channel.uuid, err: error }, 'media of the leg did not close');
  });
}
