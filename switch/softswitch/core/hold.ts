import { publishChannelEvent } from './build-event.ts';
import { isDown } from './channel.ts';
import type { Session } from './session.ts';
import { setCallState } from './set-state.ts';
import type { SwitchCore } from './switch-core.ts';
import { microseconds } from './time.ts';

/** How long a phone takes to be back from hold, as seen in the traces, ms. */
const BACK_AFTER_MS = 20;

/** Parts the sound of a held leg from its partner's. Also when a bridge begins whose leg was put on hold on its way there. */
export function holdSound(sw: SwitchCore, session: Session): void {
  const { channel, leg } = session;
  if (!session.held || !leg.media) return;
  const music = session.bridge?.partner.channel.variables.get('hold_music') ?? channel.variables.get('hold_music');
  sw.media.hold(leg.media, music?.replace(/^local_stream:\/\//, ''));
}

/**
 * Puts a leg on hold: its partner hears music (`hold_music` of the partner, else the default) and it hears nothing itself.
 * False when the leg is not answered. Holding a held one changes nothing.
 */
export function hold(sw: SwitchCore, session: Session): boolean {
  const { channel, leg } = session;
  if (isDown(channel) || channel.answerState !== 'answered' || !leg.media) return false;
  if (session.held) return true;
  session.held = true;
  holdSound(sw, session);
  setCallState(sw, channel, 'HELD');
  if (channel.profile) channel.profile.times.lastHold = microseconds(sw.clock.now());
  publishChannelEvent(sw, channel, 'CHANNEL_HOLD');
  return true;
}

/** Takes a leg back from hold. False when the leg is over; one that is not held stays as it is. */
export function unhold(sw: SwitchCore, session: Session): boolean {
  const { channel, leg } = session;
  if (isDown(channel) || !leg.media) return false;
  if (!session.held) return true;
  session.held = false;
  sw.media.unhold(leg.media);
  setCallState(sw, channel, 'UNHELD');
  if (channel.profile) {
    channel.profile.times.holdAccum += microseconds(sw.clock.now()) - channel.profile.times.lastHold;
  }
  publishChannelEvent(sw, channel, 'CHANNEL_UNHOLD');
  sw.clock.after(BACK_AFTER_MS, () => {
    if (!isDown(channel) && !session.held) setCallState(sw, channel, 'ACTIVE');
  });
  return true;
}
