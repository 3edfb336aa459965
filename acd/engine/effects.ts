import type { Channel, ChannelClass, Estimator, LimitOutcome, RelaxationStep } from './configuration.ts';

/** How a stay in a queue ended. */
export const OUTCOMES = [
  'answered',
  'abandoned',
  'short-abandoned',
  'overflowed',
  'timed-out',
  'callback-taken',
  'voicemail',
  'closed',
  'blocked',
  'withdrawn',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why an event changed nothing. */
export const REJECTIONS = [
  'unknown-contact',
  'unknown-agent',
  'unknown-queue',
  'unknown-offer',
  'unknown-reason',
  'duplicate-contact',
  'duplicate-callback',
  'already-signed-in',
  'not-signed-in',
  'not-waiting',
  'not-assigned',
  'not-in-wrap-up',
  'not-dialling',
  'not-available',
  'not-eligible',
  'no-capacity',
  'stale-offer',
  'wrap-up-at-limit',
  'no-callback',
  'invalid',
  'too-many',
  'configuration-invalid',
  'queue-has-waiting',
] as const;
export type Rejection = (typeof REJECTIONS)[number];

/** Why an offer was made. */
export const OFFER_ORIGINS = ['routed', 'preferred', 'assigned', 'pulled', 'transfer'] as const;
export type OfferOrigin = (typeof OFFER_ORIGINS)[number];

/** Why an offer ended without acceptance. */
export const OFFER_ENDS = [
  'timed-out',
  'no-answer',
  'busy',
  'unregistered',
  'failed',
  'declined',
  'withdrawn',
] as const;
export type OfferEnd = (typeof OFFER_ENDS)[number];

export interface SlotCounts {
  readonly offered: number;
  readonly handling: number;
  readonly wrapUp: number;
}
export type AgentStatus = 'available' | 'break' | 'offline';
export const AGENT_STATES = ['idle', 'offered', 'handling', 'wrap-up'] as const;
export type AgentState = (typeof AGENT_STATES)[number];

export type EffectBody =
  /** Ring, pop or show this contact to the agent until `expiresMs`. */
  | {
      readonly type: 'offer';
      readonly offerId: string;
      readonly contactId: string;
      readonly agentId: string;
      readonly queueId: string;
      readonly channel: Channel;
      readonly origin: OfferOrigin;
      readonly expiresMs: number;
      readonly callback?: true;
      readonly attended?: true;
    }
  /** The offer is over without acceptance; stop ringing. `nextMs`: the agent is left alone until then. */
  | {
      readonly type: 'offer-ended';
      readonly offerId: string;
      readonly contactId: string;
      readonly agentId: string;
      readonly queueId: string;
      readonly end: OfferEnd;
      readonly why?: string;
      readonly nextMs?: number;
    }
  /** The agent has the contact: connect them. */
  | {
      readonly type: 'assign';
      readonly contactId: string;
      readonly agentId: string;
      readonly queueId: string;
      readonly channel: Channel;
      readonly offerId: string;
      /** Enqueue (this segment) → now, in ms. */
      readonly waitedMs: number;
    }
  /** The agent no longer has the contact. */
  | {
      readonly type: 'assignment-ended';
      readonly contactId: string;
      readonly agentId: string;
      readonly queueId: string;
      readonly handledMs: number;
      readonly why: 'ended' | 'transferred' | 'requeued' | 'abandoned' | 'forced';
    }
  | { readonly type: 'contact-joined'; readonly contactId: string; readonly queueId: string; readonly why: JoinReason }
  | {
      readonly type: 'contact-left';
      readonly contactId: string;
      readonly queueId: string;
      readonly outcome: Outcome;
      readonly waitedMs: number;
      /** What the host must do with the customer now. */
      readonly to?: LimitOutcome;
      readonly why?: string;
    }
  /** The customer is done; exactly once each. Only wrap-ups of this contact may still end after it. */
  | {
      readonly type: 'contact-ended';
      readonly contactId: string;
      readonly outcome: Outcome;
      readonly answered: boolean;
      readonly spanMs: number;
    }
  | {
      readonly type: 'wrap-up-started';
      readonly contactId: string;
      readonly agentId: string;
      readonly queueId: string;
      readonly endsMs: number;
    }
  | { readonly type: 'wrap-up-changed'; readonly contactId: string; readonly agentId: string; readonly endsMs: number }
  | {
      readonly type: 'wrap-up-ended';
      readonly contactId: string;
      readonly agentId: string;
      readonly queueId: string;
      readonly wrapUpMs: number;
      readonly why: 'ended' | 'timed-out' | 'forced';
    }
  | {
      readonly type: 'agent-state';
      readonly agentId: string;
      readonly status: AgentStatus;
      readonly reason?: string;
      readonly signedIn: boolean;
      readonly draining: boolean;
      readonly state: AgentState;
      readonly slots: Readonly<Record<ChannelClass, SlotCounts>>;
      /** Left alone until then after an offer that came to nothing. */
      readonly pausedUntilMs?: number;
    }
  /** Tell the customer. `wait` is absent while there is not enough data. */
  | {
      readonly type: 'announce';
      readonly contactId: string;
      readonly queueId: string;
      readonly position: number;
      readonly wait?: { readonly fromMs: number; readonly toMs: number };
    }
  | {
      readonly type: 'callback-reserved';
      readonly contactId: string;
      readonly queueId: string;
      readonly number: string;
      readonly mode: 'agent-first' | 'customer-first';
    }
  /** Dial the customer now; answer with `callback-attempted` before `expiresMs`. */
  | {
      readonly type: 'callback-dial';
      readonly contactId: string;
      readonly number: string;
      readonly attempt: number;
      readonly agentId?: string;
      readonly expiresMs: number;
    }
  /** Not before `nextMs`: asked for later, out of hours, or after an attempt that came to nothing. */
  | { readonly type: 'callback-waiting'; readonly contactId: string; readonly attempt: number; readonly nextMs: number }
  | { readonly type: 'reserve'; readonly queueId: string; readonly on: boolean; readonly estimateMs: number }
  | {
      readonly type: 'relaxed';
      readonly contactId: string;
      readonly queueId: string;
      readonly step: number;
      readonly action: RelaxationStep['action'];
      /** `skipped`: nobody signed in could have matched the step before. */
      readonly why: 'waited' | 'skipped';
    }
  | {
      readonly type: 'segment-opened';
      readonly contactId: string;
      readonly segment: number;
      readonly kind: SegmentKind;
      readonly queueId: string;
      readonly agentId?: string;
      readonly channel: Channel;
    }
  | {
      readonly type: 'segment-closed';
      readonly contactId: string;
      readonly segment: number;
      readonly kind: SegmentKind;
      readonly queueId: string;
      readonly agentId?: string;
      readonly channel: Channel;
      readonly startedMs: number;
      readonly endedMs: number;
      readonly outcome: Outcome | 'handled' | 'transferred' | 'requeued' | 'done';
    }
  | {
      readonly type: 'prediction';
      readonly contactId: string;
      readonly queueId: string;
      readonly waits: Partial<Readonly<Record<Estimator, number>>>;
    }
  /** The wait that followed; `errors` = predicted − actual, ms. */
  | {
      readonly type: 'prediction-resolved';
      readonly contactId: string;
      readonly queueId: string;
      readonly actualMs: number;
      readonly errors: Partial<Readonly<Record<Estimator, number>>>;
    }
  | {
      readonly type: 'transfer-failed';
      readonly contactId: string;
      readonly agentId: string;
      readonly toAgentId: string;
      readonly why: OfferEnd;
    }
  | { readonly type: 'configured'; readonly version: number }
  | {
      readonly type: 'rejected';
      readonly event: string;
      readonly reason: Rejection;
      readonly details?: readonly string[];
    };

/** Queue: waiting and ringing. Agent: talking. Wrap-up: after-contact work; may run beside the next segment. */
export const SEGMENT_KINDS = ['queue', 'agent', 'wrap-up'] as const;
export type SegmentKind = (typeof SEGMENT_KINDS)[number];

export const JOIN_REASONS = ['new', 'overflow', 'moved', 'transfer', 'requeued', 'callback'] as const;
export type JoinReason = (typeof JOIN_REASONS)[number];

/** `id` is `event number.index`: the same in every replay, so carrying an effect out twice can be avoided by id. */
export type Effect = EffectBody & { readonly id: string; readonly atMs: number };
export type EffectType = EffectBody['type'];
export type EffectOf<T extends EffectType> = Extract<Effect, { type: T }>;
