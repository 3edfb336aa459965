import type { CallerProfile } from './caller-profile.ts';
import type { Cause } from './causes.ts';
import type { AnswerState, CallState, ChannelState } from './states.ts';

/** The codec of one way of a leg, as the `Channel-Read-Codec-*` headers say it. */
export interface ChannelCodec {
  readonly name: string;
  /** Samples per second. */
  readonly rate: number;
  /** Bits per second. */
  readonly bitRate: number;
}

/** Who is on the other side of a bridge: the profile it had when the bridge was asked for. */
export interface OtherLeg {
  readonly type: 'originator' | 'originatee';
  readonly profile: CallerProfile;
}

/** One leg of a call: who it is, what state it is in, its variables. Everything that is done to it is a function elsewhere. */
export interface Channel {
  readonly uuid: string;
  readonly direction: 'inbound' | 'outbound';
  /** `sofia/PROFILE/ADDRESS`. */
  readonly name: string;
  /** Counts up from 1 for the life of the switch. */
  readonly sessionId: number;
  readonly createdAtMs: number;
  readonly variables: Map<string, string>;
  /** Undefined only in CS_NEW. */
  profile: CallerProfile | undefined;
  otherLeg: OtherLeg | undefined;
  /** The state that was asked for last. */
  state: ChannelState;
  /** The state that is really run; differs from `state` while the leg is on its way. */
  runningState: ChannelState;
  callState: CallState;
  answerState: AnswerState;
  hangupCause: Cause | undefined;
  hitDialplan: boolean;
  /** Id of the call: the leg's own, or of the leg it is bridged to as the second one. */
  callUuid: string;
  readCodec: ChannelCodec | undefined;
  writeCodec: ChannelCodec | undefined;
  /** Who told whom of the callee last: `SEND` or `RECV` in `show channels`, or empty. */
  calleeDirection: string;
  /** The callee that the phone was told of last, since its last transfer. */
  sentCallee: { readonly name: string; readonly number: string } | undefined;
}

/** The values that a new channel starts from. */
export interface NewChannel {
  readonly uuid: string;
  readonly direction: 'inbound' | 'outbound';
  readonly name: string;
  readonly sessionId: number;
  readonly createdAtMs: number;
}

export function newChannel(start: NewChannel): Channel {
  const inbound = start.direction === 'inbound';
  return {
    ...start,
    variables: new Map(),
    profile: undefined,
    otherLeg: undefined,
    state: inbound ? 'CS_NEW' : 'CS_INIT',
    runningState: inbound ? 'CS_NEW' : 'CS_NONE',
    callState: 'DOWN',
    answerState: 'ringing',
    hangupCause: undefined,
    hitDialplan: inbound,
    callUuid: start.uuid,
    readCodec: undefined,
    writeCodec: undefined,
    calleeDirection: '',
    sentCallee: undefined,
  };
}

/** A variable read as FreeSWITCH reads a boolean: `true`, `yes`, `on`, `enabled`, `active`, `allow`, or a number other than 0. */
export function isTrue(value: string | undefined): boolean {
  if (value === undefined) return false;
  return /^(true|yes|on|t|y|enabled|active|allow)$/i.test(value) || (/^-?\d+$/.test(value) && Number(value) !== 0);
}

export function variableIsTrue(channel: Channel, name: string): boolean {
  return isTrue(channel.variables.get(name));
}

/** True once the leg is over or ending. */
export function isDown(channel: Channel): boolean {
  return channel.answerState === 'hangup';
}

/** Sets a variable; an empty or undefined value takes it away. A variable that is set again keeps its place. */
export function setVariable(channel: Channel, name: string, value: string | undefined): void {
  if (value === undefined || value === '') channel.variables.delete(name);
  else channel.variables.set(name, value);
}
