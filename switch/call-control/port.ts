/**
 * What the contact center asks of a telephone switch, and what the switch tells it.
 * Adapters (event socket, ARI) implement it; the contract suite in this folder holds each of them to it.
 *
 * Outcomes that a caller branches on are returned. Two faults are thrown by every verb: `switch.link-lost` (the command was not
 * sent, or its answer will never be known) and `switch.deadline`. No verb is ever sent twice by the adapter.
 */

/** Identity of one leg (one phone's part of a call) on the switch: an RFC 4122 UUID in lower case. */
export type LegId = string;

/** The leg does not exist, or no longer. Every verb may answer this. */
export interface Gone {
  readonly kind: 'gone';
}

/** Why a leg ended, in the terms of Q.850 as far as they matter to a contact center. */
export const HANGUP_CAUSES = [
  'normal',
  'busy',
  'no-answer',
  'rejected',
  'unregistered',
  'cancelled',
  'unreachable',
  'unallocated',
  'timeout',
  'media-timeout',
  'switch-shutdown',
  'failed',
] as const;
export type HangupCause = (typeof HANGUP_CAUSES)[number];

/** Something to hear. Paths are as the switch sees them; `spec` is a tone in the switch's own notation, e.g. `%(200,100,440)`. */
export type Sound =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'tone'; readonly spec: string }
  | { readonly kind: 'silence'; readonly durationMs: number };

/** Where a new leg goes: a registered phone, or an address dialled as it is (`sip:user@host:port`, or a number through the trunk). */
export type DialTarget =
  | { readonly kind: 'phone'; readonly user: string }
  | { readonly kind: 'sip-uri'; readonly uri: string }
  | { readonly kind: 'number'; readonly number: string };

/** What is known of a leg when the switch is asked for everything that is there. */
export interface LegSnapshot {
  readonly legId: LegId;
  readonly direction: 'inbound' | 'outbound';
  readonly createdAtMs: number;
  readonly answered: boolean;
  readonly held: boolean;
  readonly callerNumber: string;
  readonly dialedNumber: string;
  readonly bridgedTo?: LegId;
  /** The contact this leg belongs to: channel variable `tandem_contact_id`, set by us. */
  readonly contactId?: string;
  /** Our own word for what the leg is: channel variable `tandem_role` (`caller`, `agent`, `consult`, `supervisor`, `outside`). */
  readonly role?: string;
  /** Set when an inbound leg came from a registered phone of ours and not from a trunk: its user. */
  readonly fromUser?: string;
}

/** Something that happened on the switch. `atMs` is the switch's own time, milliseconds since 1970. */
export type CallEvent =
  | {
      /** An inbound leg waits to be told what to do. It may hear media before it is answered. */
      readonly kind: 'arrived';
      readonly legId: LegId;
      readonly atMs: number;
      readonly callerNumber: string;
      readonly callerName?: string;
      readonly dialedNumber: string;
      /** Set when the leg came from a registered phone of ours and not from a trunk: its user. */
      readonly fromUser?: string;
    }
  | { readonly kind: 'ringing'; readonly legId: LegId; readonly atMs: number }
  | { readonly kind: 'answered'; readonly legId: LegId; readonly atMs: number }
  | { readonly kind: 'bridged'; readonly legId: LegId; readonly otherLegId: LegId; readonly atMs: number }
  | { readonly kind: 'unbridged'; readonly legId: LegId; readonly otherLegId: LegId; readonly atMs: number }
  | { readonly kind: 'parked'; readonly legId: LegId; readonly atMs: number }
  | { readonly kind: 'digit'; readonly legId: LegId; readonly atMs: number; readonly digit: string }
  | { readonly kind: 'held'; readonly legId: LegId; readonly atMs: number }
  | { readonly kind: 'unheld'; readonly legId: LegId; readonly atMs: number }
  | { readonly kind: 'recording-started'; readonly legId: LegId; readonly atMs: number; readonly path: string }
  | { readonly kind: 'recording-stopped'; readonly legId: LegId; readonly atMs: number; readonly path: string }
  | {
      readonly kind: 'hung-up';
      readonly legId: LegId;
      readonly atMs: number;
      readonly cause: HangupCause;
      /** The switch's own word, for the log. */
      readonly rawCause: string;
    }
  | { readonly kind: 'registered'; readonly user: string; readonly atMs: number }
  | { readonly kind: 'unregistered'; readonly user: string; readonly atMs: number }
  /** The link to the switch broke: events may be missed until `link-restored`. Calls go on meanwhile. */
  | { readonly kind: 'link-lost'; readonly atMs: number; readonly reason: string }
  /** The link is up (also the first time), and `legs` is everything that is really there now. */
  | { readonly kind: 'link-restored'; readonly atMs: number; readonly legs: readonly LegSnapshot[] };

export interface OriginateRequest {
  /** Chosen by the caller, so that events can be matched before the outcome is known. */
  readonly legId: LegId;
  readonly target: DialTarget;
  /** How long it may ring, 1,000 to 120,000 ms. */
  readonly ringTimeoutMs: number;
  readonly callerNumber: string;
  readonly callerName?: string;
  readonly contactId?: string;
  readonly role?: string;
  /** Extra SIP headers, names starting `X-`; no CR or LF. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What became of an attempt to ring somebody. An answered leg is parked until it is bridged. */
export type OriginateOutcome =
  | { readonly kind: 'answered'; readonly legId: LegId }
  | { readonly kind: 'busy' }
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'unregistered' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly rawCause: string };

export type PlayOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'missing' }
  | Gone;

/** A sound that is being played. `stop()` may be called at any time, any number of times. */
export interface Playback {
  readonly outcome: Promise<PlayOutcome>;
  stop(): Promise<void>;
}

export interface CollectRequest {
  /** Played in order before and while digits are awaited; a digit interrupts them. */
  readonly prompts: readonly Sound[];
  /** Played after an input that does not fit. */
  readonly invalidPrompt?: Sound;
  readonly minDigits: number;
  readonly maxDigits: number;
  /** How often the prompts are played at most, 1 to 10. */
  readonly attempts: number;
  /** Wait for the first digit after the prompts ended, ms. */
  readonly firstDigitTimeoutMs: number;
  /** Wait between digits, ms. */
  readonly interDigitTimeoutMs: number;
  /** Digits that end the input and are not part of it, e.g. `#`; empty for none. */
  readonly terminators: string;
  /** Regular expression that the whole input must match (without anchors), in the common subset of JavaScript and PCRE. */
  readonly pattern?: string;
}

export type CollectOutcome =
  | { readonly kind: 'digits'; readonly digits: string }
  | { readonly kind: 'no-input' }
  | { readonly kind: 'invalid' }
  | Gone;

export type BridgeOutcome = { readonly kind: 'bridged' } | { readonly kind: 'gone'; readonly legId: LegId };

/** What a supervisor's leg does on a conversation: hears it; is heard by the agent only; is heard by both. */
export const SUPERVISION_MODES = ['listen', 'whisper', 'barge'] as const;
export type SupervisionMode = (typeof SUPERVISION_MODES)[number];

export type Done = { readonly kind: 'done' };

/** The port. One object stands for one switch node. */
export interface CallControl {
  /** The node's name in logs and in the database, e.g. `127.0.0.1:8021`. */
  readonly node: string;
  /** True while commands can be sent. */
  readonly linked: boolean;
  /** Hears every event from now on. A listener that throws is logged and kept. Returns how to stop. */
  onEvent(listener: (event: CallEvent) => void): () => void;
  /** Everything that is there now. */
  listLegs(): Promise<readonly LegSnapshot[]>;
  /** Answers an inbound leg; answering an answered one is `done`. */
  answer(legId: LegId): Promise<Done | Gone>;
  hangUp(legId: LegId, cause: HangupCause): Promise<Done | Gone>;
  play(legId: LegId, sounds: readonly Sound[]): Playback;
  collectDigits(legId: LegId, request: CollectRequest): Promise<CollectOutcome>;
  /** Plays the waiting music `stream` (a name known to the switch, default `default`) until anything else is asked of the leg. */
  startMusic(legId: LegId, stream?: string): Promise<Done | Gone>;
  stopMusic(legId: LegId): Promise<Done | Gone>;
  /** Rings somebody. `hangUp(legId)` while it rings gives `cancelled`. */
  originate(request: OriginateRequest): Promise<OriginateOutcome>;
  /** Joins two answered legs; either one's end leaves the other parked. Takes a leg out of the bridge it was in. */
  bridge(legId: LegId, otherLegId: LegId): Promise<BridgeOutcome>;
  /** Takes the leg out of its bridge; both legs are parked then. */
  park(legId: LegId): Promise<Done | Gone>;
  /** The partner of `legId` hears music and `legId` hears nothing until `unhold`. */
  hold(legId: LegId): Promise<Done | Gone>;
  unhold(legId: LegId): Promise<Done | Gone>;
  /** Silences what the leg sends (`muted`), or lets it be heard again. */
  mute(legId: LegId, muted: boolean): Promise<Done | Gone>;
  /** Sends digits to the leg's phone, as RFC 4733 events: `0-9 * # A-D`, at most 64. */
  sendDigits(legId: LegId, digits: string): Promise<Done | Gone>;
  /** Stereo WAV, 8 kHz 16 bit: `legId` on the left, its partner on the right; it grows at least every 20 ms. */
  startRecording(legId: LegId, path: string): Promise<Done | Gone>;
  /** Writes silence instead of sound until `resumeRecording`; the time axis stays whole. */
  pauseRecording(legId: LegId, path: string): Promise<Done | Gone>;
  resumeRecording(legId: LegId, path: string): Promise<Done | Gone>;
  stopRecording(legId: LegId, path: string): Promise<Done | Gone>;
  /** Puts the answered leg `supervisorLegId` on the conversation of `agentLegId`, or changes its mode there. */
  supervise(supervisorLegId: LegId, agentLegId: LegId, mode: SupervisionMode): Promise<Done | Gone>;
  /** Moves the leg into a conference of that name (made when the first leg comes, gone with the last). */
  joinConference(legId: LegId, conference: string): Promise<Done | Gone>;
  /** Marks the leg as ours so that a later process finds it again (see {@link LegSnapshot}). */
  tag(legId: LegId, tags: { readonly contactId?: string; readonly role?: string }): Promise<Done | Gone>;
  /** True when a phone is registered for that user now. */
  isRegistered(user: string): Promise<boolean>;
  /** Lets go of the switch. Idempotent; calls on the switch go on. Later verbs fail with `switch.link-lost`. */
  close(): Promise<void>;
}
