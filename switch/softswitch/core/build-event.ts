import { profileHeaders } from './caller-profile.ts';
import { type Channel, isDown } from './channel.ts';
import type { EventName, Header, SwitchEvent } from './event.ts';
import { stateNumber } from './states.ts';
import type { SwitchCore } from './switch-core.ts';
import { localStamp, microseconds } from './time.ts';

/** The headers that every event starts with. Takes the next sequence number. */
function baseHeaders(sw: SwitchCore, name: EventName, subclass?: string): Header[] {
  const nowMs = sw.clock.now();
  return [
    ...(subclass === undefined ? [] : [['Event-Subclass', subclass] as const]),
    ['Event-Name', name],
    ['Core-UUID', sw.identity.coreUuid],
    ['FreeSWITCH-Hostname', sw.identity.hostname],
    ['FreeSWITCH-Switchname', sw.identity.hostname],
    ['FreeSWITCH-IPv4', sw.identity.ipv4],
    ['FreeSWITCH-IPv6', sw.identity.ipv6],
    ['Event-Date-Local', localStamp(nowMs)],
    ['Event-Date-GMT', new Date(nowMs).toUTCString()],
    ['Event-Date-Timestamp', String(microseconds(nowMs))],
    ['Event-Calling-File', 'softswitch'],
    ['Event-Calling-Function', name.toLowerCase()],
    ['Event-Calling-Line-Number', '0'],
    ['Event-Sequence', String(sw.counters.sequence++)],
  ];
}

function codecHeaders(channel: Channel): Header[] {
  const rows: Header[] = [];
  for (const [way, codec] of [
    ['Read', channel.readCodec],
    ['Write', channel.writeCodec],
  ] as const) {
    if (!codec) continue;
    rows.push(
      [`Channel-${way}-Codec-Name`, codec.name],
      [`Channel-${way}-Codec-Rate`, String(codec.rate)],
      [`Channel-${way}-Codec-Bit-Rate`, String(codec.bitRate)],
    );
  }
  return rows;
}

/** What every event about a channel says of it: state, names, caller and other leg. */
export function channelHeaders(channel: Channel): Header[] {
  const rows: Header[] = [
    ['Channel-State', channel.runningState],
    ['Channel-Call-State', channel.callState],
    ['Channel-State-Number', String(stateNumber(channel.state))],
    ['Channel-Name', channel.name],
    ['Unique-ID', channel.uuid],
    ['Call-Direction', channel.direction],
    ['Presence-Call-Direction', channel.direction],
    ['Channel-HIT-Dialplan', String(channel.hitDialplan)],
    ['Channel-Call-UUID', channel.callUuid],
    ['Answer-State', channel.answerState],
  ];
  if (isDown(channel) && channel.hangupCause) rows.push(['Hangup-Cause', channel.hangupCause]);
  rows.push(...codecHeaders(channel));
  if (channel.profile) rows.push(...profileHeaders('Caller-', channel.profile));
  if (channel.otherLeg) {
    rows.push(['Other-Type', channel.otherLeg.type], ...profileHeaders('Other-Leg-', channel.otherLeg.profile));
  }
  return rows;
}

function variableHeaders(channel: Channel): Header[] {
  return [...channel.variables].map(([name, value]) => [`variable_${name}`, value]);
}

/** Events that don't carry the channel's variables; the rest do. */
const WITHOUT_VARIABLES: ReadonlySet<EventName> = new Set([
  'CHANNEL_STATE',
  'CHANNEL_CALLSTATE',
  'CHANNEL_OUTGOING',
  'DTMF',
  'CUSTOM',
]);

export interface ChannelEventParts {
  /** Headers between the event's own and the channel's. */
  readonly before?: readonly Header[];
  /** Headers after the variables. */
  readonly after?: readonly Header[];
  readonly subclass?: string;
}

/** Builds an event about a channel, with its headers in FreeSWITCH's order. */
export function channelEvent(
  sw: SwitchCore,
  channel: Channel,
  name: EventName,
  parts: ChannelEventParts = {},
): SwitchEvent {
  return {
    name,
    ...(parts.subclass === undefined ? {} : { subclass: parts.subclass }),
    headers: [
      ...baseHeaders(sw, name, parts.subclass),
      ...(parts.before ?? []),
      ...channelHeaders(channel),
      ...(WITHOUT_VARIABLES.has(name) ? [] : variableHeaders(channel)),
      ...(parts.after ?? []),
    ],
  };
}

/** Builds an event that is about no channel. */
export function plainEvent(
  sw: SwitchCore,
  name: EventName,
  headers: readonly Header[],
  more: { readonly subclass?: string; readonly body?: string } = {},
): SwitchEvent {
  return {
    name,
    ...(more.subclass === undefined ? {} : { subclass: more.subclass }),
    headers: [...baseHeaders(sw, name, more.subclass), ...headers],
    ...(more.body === undefined ? {} : { body: more.body }),
  };
}

/** Builds an event about a channel and tells it to everybody. */
export function publishChannelEvent(
  sw: SwitchCore,
  channel: Channel,
  name: EventName,
  parts?: ChannelEventParts,
): void {
  sw.bus.publish(channelEvent(sw, channel, name, parts));
}
