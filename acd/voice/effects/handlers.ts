import type { Effect, EffectOf, EffectType } from '../../engine/index.ts';
import type { VoiceRoom } from '../room.ts';
import { onAssign } from './assign.ts';
import { onAssignmentEnded } from './assignment-ended.ts';
import { onCallbackDial } from './callback-dial.ts';
import { onContactEnded } from './ended.ts';
import { onJoined } from './joined.ts';
import { onLeft } from './left.ts';
import { onOffer } from './offer.ts';
import { onOfferEnded } from './offer-ended.ts';
import { onWrapUpChanged, onWrapUpEnded, onWrapUpStarted } from './wrap-up.ts';

type Handlers = { readonly [T in EffectType]?: (room: VoiceRoom, effect: EffectOf<T>) => void };

/** What voice does for each effect of the engine. A new one adds its file and one line. */
const HANDLERS: Handlers = {
  offer: onOffer,
  'offer-ended': onOfferEnded,
  assign: onAssign,
  'assignment-ended': onAssignmentEnded,
  'contact-joined': onJoined,
  'contact-left': onLeft,
  'contact-ended': onContactEnded,
  'wrap-up-started': onWrapUpStarted,
  'wrap-up-changed': onWrapUpChanged,
  'wrap-up-ended': onWrapUpEnded,
  'callback-dial': onCallbackDial,
};

/** The effects on which voice acts. Each handler returns as soon as the thing is under way. */
export function effectHandlers(room: VoiceRoom): { readonly [T in EffectType]?: (effect: EffectOf<T>) => void } {
  const entries = Object.entries(HANDLERS) as [EffectType, (room: VoiceRoom, effect: Effect) => void][];
  return Object.fromEntries(entries.map(([type, handler]) => [type, (effect: Effect) => handler(room, effect)]));
}
