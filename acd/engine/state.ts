import type { Channel, ChannelClass, Estimator, RelaxationStep } from './configuration.ts';
import type { AgentState, AgentStatus, SlotCounts } from './effects.ts';

export const CONTACT_STATES = [
  'waiting',
  'offered',
  'handling',
  'callback-scheduled',
  'callback-virtual',
  'callback-dialling',
] as const;
export type ContactState = (typeof CONTACT_STATES)[number];

export interface ContactView {
  readonly contactId: string;
  readonly state: ContactState;
  readonly queueId: string;
  readonly channel: Channel;
  readonly customer?: string;
  readonly segment?: string;
  readonly priority: number;
  readonly score: number;
  readonly firstEnqueuedMs: number;
  readonly enqueuedMs: number;
  readonly step: number;
  readonly agentId?: string;
  readonly offers: readonly { readonly offerId: string; readonly agentId: string; readonly expiresMs: number }[];
  readonly callback?: {
    readonly number: string;
    readonly mode: 'agent-first' | 'customer-first';
    readonly attempt: number;
    readonly dueMs?: number;
  };
}

export interface WorkView {
  readonly contactId: string;
  readonly queueId: string;
  readonly channel: Channel;
  readonly state: 'offered' | 'handling' | 'wrap-up';
  readonly sinceMs: number;
  /** When an offer or a wrap-up ends by itself. */
  readonly endsMs?: number;
  readonly offerId?: string;
}

export interface AgentView {
  readonly agentId: string;
  readonly status: AgentStatus;
  readonly reason?: string;
  readonly statusSinceMs: number;
  readonly state: AgentState;
  readonly stateSinceMs: number;
  readonly draining: boolean;
  readonly slots: Readonly<Record<ChannelClass, SlotCounts & { readonly most: number; readonly ready: boolean }>>;
  readonly pausedUntilMs?: number;
  readonly work: readonly WorkView[];
  readonly queues: readonly string[];
  readonly handledToday: number;
  readonly talkTodayMs: number;
}

export interface EstimateAccuracy {
  readonly samples: number;
  readonly meanAbsoluteErrorMs?: number;
  /** Mean of predicted − actual: above 0 the estimate was too long. */
  readonly biasMs?: number;
}

export interface QueueView {
  readonly queueId: string;
  readonly waiting: number;
  readonly offered: number;
  readonly handling: number;
  readonly callbacks: number;
  readonly longestWaitMs: number;
  readonly signedIn: number;
  readonly ready: number;
  readonly reserveOn: boolean;
  readonly open: boolean;
  readonly estimate: WaitEstimate;
  readonly accuracy: Readonly<Record<Estimator, EstimateAccuracy>>;
}

export interface WallboardView {
  readonly atMs: number;
  readonly queues: readonly QueueView[];
  readonly contacts: number;
  readonly agents: number;
}

export type WaitEstimate =
  | {
      readonly known: true;
      readonly estimator: Estimator;
      readonly waitMs: number;
      /** What may be said aloud: whole minutes, at least one, never 0. */
      readonly rangeMs: { readonly from: number; readonly to: number };
      readonly all: Partial<Readonly<Record<Estimator, number>>>;
    }
  | { readonly known: false; readonly why: 'not-enough-data' | 'not-waiting' | 'unknown' };

/** First reason why an agent does not take a contact, in the order in which they are asked. */
export const REASONS_AGAINST = [
  'signed-out',
  'offline',
  'on-break',
  'draining',
  'channel-not-handled',
  'not-in-queue',
  'reserve-not-called',
  'skills',
  'held-for-preferred-agent',
  'paused-after-refusal',
  'capacity-full',
  'blocked-by-other-channel',
  'none',
] as const;
export type ReasonAgainst = (typeof REASONS_AGAINST)[number];

export interface ContactExplanation {
  readonly contactId: string;
  readonly state: ContactState;
  readonly position?: number;
  readonly score: number;
  /** The best contacts that come before it among those of its queue, at most 10. */
  readonly ahead: readonly { readonly contactId: string; readonly score: number; readonly firstEnqueuedMs: number }[];
  readonly step: { readonly current: number; readonly next?: RelaxationStep['action']; readonly nextMs?: number };
  readonly preferredUntilMs?: number;
  /** Signed-in agents, at most 200, those who are nearest to taking it first. */
  readonly agents: readonly { readonly agentId: string; readonly reason: ReasonAgainst; readonly detail?: string }[];
  readonly couldTake: number;
  readonly signedIn: number;
}

export interface AgentExplanation {
  readonly agentId: string;
  /** Why nothing comes, per class: a reason of the agent's own, or `nothing-waiting`. */
  readonly classes: Readonly<
    Record<ChannelClass, { readonly reason: ReasonAgainst | 'nothing-waiting'; readonly untilMs?: number }>
  >;
  /** Waiting contacts in the agent's queues that the agent may not take, counted by first reason. */
  readonly passedOver: Partial<Readonly<Record<ReasonAgainst, number>>>;
  readonly queues: readonly { readonly queueId: string; readonly waiting: number }[];
  /** Waiting contacts of the agent's queues that the agent could take now, best first, at most 10. */
  readonly couldTake: readonly { readonly contactId: string; readonly score: number }[];
}
