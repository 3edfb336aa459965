import { publishChannelEvent } from './build-event.ts';
import type { Channel } from './channel.ts';
import { type Session, wake } from './session.ts';
import { type CallState, type ChannelState, callStateNumber } from './states.ts';
import type { SwitchCore } from './switch-core.ts';

const ENDING: ReadonlySet<ChannelState> = new Set(['CS_HANGUP', 'CS_REPORTING', 'CS_DESTROY']);

/** Asks the channel into a state; it gets there when whatever runs has ended. A channel that ends can't be asked back. */
export function requestState(session: Session, state: ChannelState): void {
  const { channel } = session;
  if (ENDING.has(channel.state) && !ENDING.has(state)) return;
  channel.state = state;
  wake(session);
}

/** Sets what the phone does and says so, when it changes. */
export function setCallState(sw: SwitchCore, channel: Channel, callState: CallState): void {
  if (channel.callState === callState) return;
  const before = channel.callState;
  channel.callState = callState;
  publishChannelEvent(sw, channel, 'CHANNEL_CALLSTATE', {
    before: [
      ['Original-Channel-Call-State', before],
      ['Channel-Call-State-Number', String(callStateNumber(callState))],
    ],
  });
}

/** Makes the state that was asked for the one that runs, and says so. */
export function enterState(sw: SwitchCore, session: Session): void {
  const { channel } = session;
  channel.runningState = channel.state;
  if (channel.state === 'CS_ROUTING' && channel.direction === 'inbound') setCallState(sw, channel, 'RINGING');
  if (channel.state === 'CS_EXECUTE' && channel.direction === 'inbound' && channel.answerState === 'answered') {
    setCallState(sw, channel, 'ACTIVE');
  }
  if (channel.state === 'CS_HANGUP') {
    publishChannelEvent(sw, channel, 'CHANNEL_STATE');
    if (channel.profile) channel.profile.times.hangup = sw.clock.now() * 1000;
    setCallState(sw, channel, 'HANGUP');
    return;
  }
  publishChannelEvent(sw, channel, 'CHANNEL_STATE');
}
