import { exchangeMedia, softExecute } from './bridge.ts';
import { publishChannelEvent } from './build-event.ts';
import { variableIsTrue } from './channel.ts';
import { executeApplication } from './execute.ts';
import { finish } from './finish.ts';
import { hangUp } from './hang-up.ts';
import { park } from './park.ts';
import { route } from './route.ts';
import type { Session } from './session.ts';
import { enterState, requestState } from './set-state.ts';
import type { ChannelState } from './states.ts';
import type { SwitchCore } from './switch-core.ts';
import { mayGoOn, nextWake } from './wait.ts';

async function initialise(sw: SwitchCore, session: Session): Promise<void> {
  const { channel } = session;
  if (mayGoOn(session)) channel.state = 'CS_ROUTING';
  publishChannelEvent(sw, channel, 'CHANNEL_CREATE');
  if (channel.direction === 'outbound') publishChannelEvent(sw, channel, 'CHANNEL_ORIGINATE');
}

async function consumeMedia(sw: SwitchCore, session: Session): Promise<void> {
  while (mayGoOn(session)) await nextWake(session, sw.clock, { deaf: true });
}

async function execute(sw: SwitchCore, session: Session): Promise<void> {
  while (mayGoOn(session)) {
    const next = session.extension.shift();
    if (!next) break;
    await executeApplication(sw, session, next.app, next.data);
  }
  if (!mayGoOn(session)) return;
  if (variableIsTrue(session.channel, 'park_after_bridge')) requestState(session, 'CS_PARK');
  else hangUp(sw, session, 'NORMAL_CLEARING');
}

/** What a leg does in each state; a state that is not named here only waits to be asked elsewhere. */
const HANDLERS: Partial<Record<ChannelState, (sw: SwitchCore, session: Session) => Promise<void> | void>> = {
  CS_INIT: initialise,
  CS_ROUTING: route,
  CS_EXECUTE: execute,
  CS_PARK: park,
  CS_CONSUME_MEDIA: consumeMedia,
  CS_HIBERNATE: (_sw, session) => requestState(session, 'CS_RESET'),
  CS_RESET: (_sw, session) => requestState(session, 'CS_SOFT_EXECUTE'),
  CS_SOFT_EXECUTE: softExecute,
  CS_EXCHANGE_MEDIA: exchangeMedia,
};

/** Runs a leg through its states until it is destroyed. Never rejects. */
export async function runSession(sw: SwitchCore, session: Session): Promise<void> {
  const { channel } = session;
  while (channel.state !== 'CS_HANGUP') {
    enterState(sw, session);
    try {
      await (HANDLERS[channel.runningState] ?? consumeMedia)(sw, session);
    } catch (cause) {
      sw.logger.error({ legId: channel.uuid, state: channel.runningState, err: cause }, 'leg failed');
      hangUp(sw, session, 'NORMAL_TEMPORARY_FAILURE');
    }
  }
  finish(sw, session);
}
