import type { Locale, LocalName, Outcome } from '../api/contract/index.ts';
import type { Saying } from './sentence.ts';

/** The caller is no longer there: whatever a node does, it ends. */
export interface CallerGone {
  readonly kind: 'gone';
}

/** What the caller is told and how the keys are read. */
export interface AskRequest {
  readonly say: Saying;
  readonly minDigits: number;
  readonly maxDigits: number;
  /** Wait for the first digit after the sentences, ms. */
  readonly firstDigitTimeoutMs: number;
  /** Wait between digits, ms. */
  readonly interDigitTimeoutMs: number;
  readonly terminators: string;
  readonly pattern?: string;
  /** The keys that mean something, shown as soon as they are listened for. */
  readonly choices?: readonly Choice[];
}

export type AskOutcome =
  | { readonly kind: 'digits'; readonly digits: string }
  | { readonly kind: 'no-input' }
  | { readonly kind: 'invalid' }
  | CallerGone;

/** A key that means something now, for the caller's page. */
export interface Choice {
  readonly digit: string;
  readonly label: LocalName;
}

export interface QueueRequest {
  readonly queueId: string;
  /** Skill → least level, 1 to 10. */
  readonly skills: Readonly<Record<string, number>>;
  /** Added to the queue's own priority. */
  readonly priority: number;
  readonly preferredAgentIds: readonly string[];
  /** How long the preferred agents are waited for, ms. */
  readonly preferredForMs: number;
  /** Why the customer calls, for the agent. */
  readonly reason?: LocalName;
}

/**
 * Where a flow can go on when the queue did not take the contact, or let it go. All but `busy` are what the queue's limits lead to;
 * `busy` is ours: routing can't take new work now (the database is away).
 */
export const QUEUE_WAYS = ['voicemail', 'callback', 'message', 'external', 'ticket', 'hang-up', 'busy'] as const;
export type QueueWay = (typeof QUEUE_WAYS)[number];

/** The queue has let the contact go. */
export interface LeftQueue {
  readonly kind: 'left';
  readonly way: QueueWay;
  /** How the stay is counted. */
  readonly outcome: Outcome;
  /** With `external`: where to. */
  readonly number?: string;
  /** With `message`: what is said. */
  readonly prompt?: string;
}

export type StayEnd =
  /** An agent has it: the flow's work is done until the contact comes back. */
  { readonly kind: 'answered' } | LeftQueue | CallerGone;

/** What a caller may be told about a wait: always a range, never zero. */
export interface WaitRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A stay in a queue, as the flow sees it. */
export interface QueueStay {
  /** Settles once, when the stay is over for whatever reason. */
  readonly over: Promise<StayEnd>;
  /** True from the moment that `over` is settled. */
  readonly ended: boolean;
  /** Place from 1 and the estimated wait, as far as they are known now. */
  place(): { readonly position?: number; readonly waitMs?: number };
  startMusic(stream: string): Promise<void>;
  /** Says something between music; cut short when the stay ends. */
  say(saying: Saying): Promise<void>;
  /** Hears the keys that the caller presses while waiting. Returns how to stop. */
  onDigit(listener: (digit: string) => void): () => void;
  /** Resolves after `ms`, or at once when the stay ends. */
  wait(ms: number): Promise<void>;
  /** Takes the contact out of the queue. False when an agent was found in the same moment: then it stays. */
  leave(outcome: 'voicemail' | 'withdrawn'): Promise<boolean>;
  /** What the caller's page shows as wait. */
  announced(range: WaitRange): void;
}

export type QueueUpOutcome = { readonly kind: 'waiting'; readonly stay: QueueStay } | LeftQueue | CallerGone;

export interface RecordMessageRequest {
  readonly maxMs: number;
  /** Ends the message: a key, e.g. `#`. */
  readonly endDigit: string;
}

export type RecordMessageOutcome = { readonly kind: 'stored'; readonly durationMs: number } | CallerGone;

/** Where a call can be sent outside of the contact center. */
export type OutsideTarget =
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'sip-uri'; readonly uri: string };

export type TransferOutOutcome =
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly reason: 'busy' | 'no-answer' | 'failed' }
  | CallerGone;

/**
 * What a flow asks of the call it runs on. Every verb answers `gone` once the caller has hung up, so that a flow ends with its call.
 * A sentence for which neither file nor voice exists is passed over: a caller is never stuck on it.
 */
export interface FlowLine {
  readonly callerNumber: string;
  readonly dialedNumber: string;
  readonly contactId: string;
  language: Locale;
  say(saying: Saying): Promise<{ readonly kind: 'done' } | CallerGone>;
  ask(request: AskRequest): Promise<AskOutcome>;
  /** Waits without sound. */
  pause(ms: number): Promise<{ readonly kind: 'done' } | CallerGone>;
  queueUp(request: QueueRequest): Promise<QueueUpOutcome>;
  recordMessage(request: RecordMessageRequest): Promise<RecordMessageOutcome>;
  transferOut(target: OutsideTarget, ringTimeoutMs: number): Promise<TransferOutOutcome>;
  /** Ends the call; `outcome` is the contact's. */
  hangUp(outcome: Outcome): Promise<void>;
  /** The keys that mean something now; an empty list for none. */
  showChoices(choices: readonly Choice[]): void;
  /** Keeps one step of the caller's way for the agent. */
  step(label: LocalName, value?: string): void;
  /** Asks for a callback to `number` that keeps the caller's place. False when it can't be taken. */
  takeCallback(number: string): Promise<boolean>;
}
