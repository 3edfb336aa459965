import type { CallControl, CallEvent } from '../../../switch/index.ts';
import { releaseHeldOffers } from '../effects/hold-offer.ts';
import { auditSwitch, lookAtUnknownLeg } from '../reconcile.ts';
import { callOfLeg, type VoiceRoom } from '../room.ts';
import { touch } from '../stage.ts';
import { onArrived } from './arrived.ts';
import { onHeld, onUnheld } from './held.ts';
import { onHungUp } from './hung-up.ts';
import { onRegistered, onUnregistered } from './registered.ts';

type Handlers = {
  readonly [K in CallEvent['kind']]?: (
    room: VoiceRoom,
    control: CallControl,
    event: Extract<CallEvent, { kind: K }>,
  ) => void | Promise<void>;
};

/** What voice does when the switch says something. */
const HANDLERS: Handlers = {
  arrived: onArrived,
  'hung-up': onHungUp,
  digit: (room, _control, event) => {
    const found = callOfLeg(room, event.legId);
    if (found?.part === 'caller') found.call.stay?.hearDigit(event.digit);
  },
  ringing: (room, _control, event) => {
    const found = callOfLeg(room, event.legId);
    if (found) touch(room, found.call);
  },
  held: onHeld,
  unheld: onUnheld,
  parked: (room, control, event) => lookAtUnknownLeg(room, control, event.legId),
  registered: (room, _control, event) => onRegistered(room, event.user),
  unregistered: (room, _control, event) => onUnregistered(room, event.user),
  'link-lost': (room, control, event) => {
    room.log.warn({ node: control.node, reason: event.reason }, 'link to the switch is lost; calls go on');
    room.links.lost(control);
  },
  'link-restored': async (room, control, event) => {
    try {
      await auditSwitch(room, control, event.legs, 'link-restored');
    } finally {
      room.links.repaired(control);
      releaseHeldOffers(room, control);
    }
  },
};

/** Hears one switch. Returns how to stop. */
export function listenToSwitch(room: VoiceRoom, control: CallControl): () => void {
  return control.onEvent((event) => {
    const handler = HANDLERS[event.kind] as
      | ((room: VoiceRoom, control: CallControl, event: CallEvent) => void | Promise<void>)
      | undefined;
    if (!handler) return;
    try {
      Promise.resolve(handler(room, control, event)).catch((error: unknown) => {
        room.log.error(
          { node: control.node, event: event.kind, err: error },
          'an event of the switch could not be handled',
        );
      });
    } catch (error) {
      room.log.error(
        { node: control.node, event: event.kind, err: error },
        'an event of the switch could not be handled',
      );
    }
  });
}
