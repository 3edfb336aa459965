import { markRinging } from './answer.ts';
import type { Session } from './session.ts';
import type { SwitchCore } from './switch-core.ts';

/** Tells an inbound caller that it rings (180). */
export function ringReady(sw: SwitchCore, session: Session): void {
  if (session.channel.direction !== 'inbound' || session.channel.answerState !== 'ringing') return;
  session.leg.ring();
  markRinging(sw, session);
}
