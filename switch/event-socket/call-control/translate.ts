import type { CallEvent } from '../../call-control/index.ts';
import type { SwitchEvent } from '../wire/switch-event.ts';
import { causeOf } from './hangup-causes.ts';
import { endHold, type SwitchNode } from './switch-node.ts';

type Translate = (node: SwitchNode, event: SwitchEvent, legId: string, atMs: number) => CallEvent | undefined;

const ringing: Translate = (node, event, legId, atMs) => {
  const leg = node.legs.enter(legId);
  if (leg.ringing || event.get('Call-Direction') !== 'outbound') return undefined;
  leg.ringing = true;
  return { kind: 'ringing', legId, atMs };
};

const parked: Translate = (node, event, legId, atMs) => {
  const leg = node.legs.enter(legId);
  const arrival = !leg.seenParked && event.get('Call-Direction') === 'inbound';
  leg.seenParked = true;
  if (!arrival) return { kind: 'parked', legId, atMs };
  const callerName = event.get('Caller-Caller-ID-Name');
  const user = phoneUser(event, node.layout.agentsProfile);
  return {
    kind: 'arrived',
    legId,
    atMs,
    callerNumber: event.get('Caller-Caller-ID-Number') ?? '',
    ...(callerName === undefined ? {} : { callerName }),
    dialedNumber: event.get('Caller-Destination-Number') ?? '',
    ...(user === undefined ? {} : { fromUser: user }),
  };
};

const recording =
  (kind: 'recording-started' | 'recording-stopped'): Translate =>
  (_node, event, legId, atMs) => ({ kind, legId, atMs, path: event.get('Record-File-Path') ?? '' });

const TRANSLATIONS: Readonly<Record<string, Translate>> = {
  CHANNEL_CREATE: (node, _event, legId) => {
    node.legs.enter(legId);
    return undefined;
  },
  CHANNEL_PROGRESS: ringing,
  CHANNEL_PROGRESS_MEDIA: ringing,
  CHANNEL_ANSWER: (_node, _event, legId, atMs) => ({ kind: 'answered', legId, atMs }),
  CHANNEL_PARK: parked,
  CHANNEL_BRIDGE: (node, event, legId, atMs) => {
    const otherLegId = event.get('Other-Leg-Unique-ID') ?? event.get('Bridge-B-Unique-ID');
    if (otherLegId === undefined) return undefined;
    node.legs.joined(legId, otherLegId);
    return { kind: 'bridged', legId, otherLegId, atMs };
  },
  CHANNEL_UNBRIDGE: (node, event, legId, atMs) => {
    const known = node.legs.parted(legId);
    const otherLegId = event.get('Bridge-B-Unique-ID') ?? event.get('Other-Leg-Unique-ID') ?? known;
    return otherLegId === undefined ? undefined : { kind: 'unbridged', legId, otherLegId, atMs };
  },
  CHANNEL_HOLD: (_node, _event, legId, atMs) => ({ kind: 'held', legId, atMs }),
  CHANNEL_UNHOLD: (_node, _event, legId, atMs) => ({ kind: 'unheld', legId, atMs }),
  DTMF: (_node, event, legId, atMs) => {
    const digit = event.get('DTMF-Digit');
    return digit === undefined ? undefined : { kind: 'digit', legId, atMs, digit };
  },
  RECORD_START: recording('recording-started'),
  RECORD_STOP: recording('recording-stopped'),
  CHANNEL_HANGUP_COMPLETE: (node, event, legId, atMs) => {
    endHold(node, node.legs.get(legId));
    node.legs.remove(legId);
    const rawCause = event.get('Hangup-Cause') ?? 'NONE';
    return { kind: 'hung-up', legId, atMs, cause: causeOf(rawCause), rawCause };
  },
};

/** What an event of the switch means to the contact center; undefined when nothing. Keeps the leg book up to date. */
export function translateEvent(node: SwitchNode, event: SwitchEvent): CallEvent | undefined {
  const atMs = event.atMs(node.clock.now());
  if (event.name === 'CUSTOM') return registration(node, event, atMs);
  const legId = event.legId;
  return legId === undefined ? undefined : TRANSLATIONS[event.name]?.(node, event, legId, atMs);
}

function registration(node: SwitchNode, event: SwitchEvent, atMs: number): CallEvent | undefined {
  const user = event.get('from-user') ?? event.get('user');
  const profile = event.get('profile-name');
  if (user === undefined || (profile !== undefined && profile !== node.layout.agentsProfile)) return undefined;
  switch (event.get('Event-Subclass')) {
    case 'sofia::register':
      return { kind: 'registered', user, atMs };
    case 'sofia::unregister':
    case 'sofia::expire':
      return { kind: 'unregistered', user, atMs };
    default:
      return undefined;
  }
}

/** The user of a registered phone that calls; undefined for a call from a trunk. */
export function phoneUser(event: SwitchEvent, agentsProfile: string): string | undefined {
  if (event.variable('sofia_profile_name') !== agentsProfile) return undefined;
  return event.variable('sip_auth_username') ?? event.variable('user_name') ?? event.variable('sip_from_user');
}
