import { publishChannelEvent } from './build-event.ts';
import type { Cause } from './causes.ts';
import { isDown } from './channel.ts';
import { type Session, wake } from './session.ts';
import type { SwitchCore } from './switch-core.ts';

/** Begins the end of a leg: says so at once, tells the phone, and lets whatever runs stop. Doing it twice changes nothing. */
export function hangUp(sw: SwitchCore, session: Session, cause: Cause): void {
  const { channel, leg } = session;
  if (isDown(channel)) return;
  channel.state = 'CS_HANGUP';
  channel.answerState = 'hangup';
  channel.hangupCause = cause;
  publishChannelEvent(sw, channel, 'CHANNEL_HANGUP');
  leg.hangUp(cause);
  wake(session);
}
