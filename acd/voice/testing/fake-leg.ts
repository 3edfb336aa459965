import type { Timer } from '../../../config/clock.ts';
import type { CollectOutcome, CollectRequest, HangupCause, LegId, PlayOutcome, Sound } from '../../../switch/index.ts';

/** One leg of the fake switch: what it is, and what is being done to it. */
export interface FakeLeg {
  readonly legId: LegId;
  readonly direction: 'inbound' | 'outbound';
  readonly createdAtMs: number;
  readonly callerNumber: string;
  readonly dialedNumber: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The registered phone at the other end, if it is one of ours. */
  readonly user?: string;
  answered: boolean;
  held: boolean;
  muted: boolean;
  music: string | undefined;
  bridgedTo: LegId | undefined;
  contactId: string | undefined;
  role: string | undefined;
  conference: string | undefined;
  supervises: { readonly legId: LegId; mode: string } | undefined;
  playing: FakePlaying | undefined;
  /** What is being played at this moment. */
  soundNow: Sound | undefined;
  collecting: FakeCollecting | undefined;
  /** Path → is it paused. */
  readonly recordings: Map<string, boolean>;
  /** All sounds that began on it, in order. */
  readonly heard: Sound[];
  /** Digits that its phone was sent. */
  digitsSent: string;
}

export interface FakePlaying {
  readonly end: (outcome: PlayOutcome) => void;
  /** Ends it with a fault instead. */
  readonly fail: (error: unknown) => void;
  timer: Timer | undefined;
}

export interface FakeCollecting {
  readonly request: CollectRequest;
  readonly end: (outcome: CollectOutcome) => void;
  /** Ends it with a fault instead. */
  readonly fail: (error: unknown) => void;
  digits: string;
  attempt: number;
  timer: Timer | undefined;
}

/** What a phone does when it is rung. */
export type PhoneScript =
  | { readonly does: 'answer'; readonly afterMs: number }
  | { readonly does: 'ring' }
  | { readonly does: 'busy' | 'reject' | 'fail'; readonly afterMs: number };

export type FakeFault = 'link-lost' | 'deadline' | 'gone';

/** One command that the fake was given. */
export interface FakeCommand {
  readonly verb: string;
  readonly legId: LegId;
  readonly detail?: unknown;
}

export type EndOfLeg = { readonly cause: HangupCause; readonly rawCause: string };
