import { publishChannelEvent } from './build-event.ts';
import { isDown, setVariable } from './channel.ts';
import { type Session, wake } from './session.ts';
import { setCallState } from './set-state.ts';
import type { SwitchCore } from './switch-core.ts';
import { microseconds } from './time.ts';

/** Notes that the leg is answered, and says so. Both ways: we answered the caller, or the phone that we called answered. */
export function markAnswered(sw: SwitchCore, session: Session): void {
  const { channel } = session;
  if (isDown(channel) || channel.answerState === 'answered') return;
  channel.answerState = 'answered';
  if (channel.profile) channel.profile.times.answered = microseconds(sw.clock.now());
  publishChannelEvent(sw, channel, 'CHANNEL_ANSWER');
  setVariable(channel, 'endpoint_disposition', 'ANSWER');
  setCallState(sw, channel, 'ACTIVE');
  wake(session);
}

/** Notes that early media flows, and says so. */
export function markEarly(sw: SwitchCore, session: Session): void {
  const { channel } = session;
  if (channel.answerState !== 'ringing') return;
  channel.answerState = 'early';
  if (channel.profile) channel.profile.times.progressMedia = microseconds(sw.clock.now());
  setVariable(channel, 'endpoint_disposition', 'EARLY MEDIA');
  publishChannelEvent(sw, channel, 'CHANNEL_PROGRESS_MEDIA');
  setCallState(sw, channel, 'EARLY');
}

/** Notes that the phone rings, and says so once. */
export function markRinging(sw: SwitchCore, session: Session): void {
  const { channel } = session;
  if (channel.answerState !== 'ringing' || !channel.profile || channel.profile.times.progress !== 0) return;
  channel.profile.times.progress = microseconds(sw.clock.now());
  publishChannelEvent(sw, channel, 'CHANNEL_PROGRESS');
  setCallState(sw, channel, 'RINGING');
}

/** Answers an inbound leg. False when that is not possible; an answered one is fine. */
export function answer(sw: SwitchCore, session: Session): boolean {
  const { channel, leg } = session;
  if (isDown(channel)) return false;
  if (channel.answerState === 'answered') return true;
  if (channel.direction === 'outbound' || !leg.answer()) return false;
  markAnswered(sw, session);
  return true;
}

/** Opens early media towards the caller of an inbound leg. An answered or early leg is fine. */
export function preAnswer(sw: SwitchCore, session: Session): boolean {
  const { channel, leg } = session;
  if (isDown(channel)) return false;
  if (channel.answerState !== 'ringing') return true;
  if (channel.direction === 'outbound' || !leg.preAnswer()) return false;
  markEarly(sw, session);
  return true;
}
