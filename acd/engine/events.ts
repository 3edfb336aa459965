import type {
  Capacity,
  Channel,
  Configuration,
  LimitOutcome,
  Membership,
  Requirement,
  SkillLevels,
} from './configuration.ts';

/** Why an offer came to nothing, told by the side that tried. */
export const OFFER_FAILURES = ['no-answer', 'busy', 'unregistered', 'failed'] as const;
export type OfferFailure = (typeof OFFER_FAILURES)[number];

export const CALLBACK_RESULTS = ['answered', 'busy', 'no-answer', 'failed'] as const;
export type CallbackResult = (typeof CALLBACK_RESULTS)[number];

export interface ContactEnqueued {
  readonly type: 'contact-enqueued';
  readonly contactId: string;
  readonly queueId: string;
  /** More queues whose agents may take it from the start; its score stays that of `queueId`. */
  readonly alsoQueues?: readonly string[];
  readonly channel: Channel;
  /** Points given by the flow, whole, −1,000,000 to 1,000,000. */
  readonly priority?: number;
  readonly requirement?: Requirement;
  readonly segment?: string;
  /** The customer's number or address; compared with the queue's blocklist. */
  readonly customer?: string;
  /** Asked first, alone, for `waitMs`; passed over at once when none of them is signed in. */
  readonly preferred?: {
    readonly agentIds: readonly string[];
    readonly waitMs: number;
    readonly ignoreSkills?: boolean;
  };
  /** For a contact that comes back from elsewhere: its place is that of this time (never later than now). */
  readonly firstEnqueuedMs?: number;
}
/** The customer went away (hung up, closed the page): abandoned when waiting; ends a handled contact too. */
export interface ContactAbandoned {
  readonly type: 'contact-abandoned';
  readonly contactId: string;
}
/** Taken out on purpose (a flow or an administrator); `to` says how the leaving is counted. */
export interface ContactWithdrawn {
  readonly type: 'contact-withdrawn';
  readonly contactId: string;
  readonly outcome?: 'withdrawn' | 'voicemail' | 'overflowed';
  readonly why?: string;
}
export interface ContactMoved {
  readonly type: 'contact-moved';
  readonly contactId: string;
  readonly queueId: string;
}
export interface ContactReprioritised {
  readonly type: 'contact-reprioritised';
  readonly contactId: string;
  readonly priority: number;
}
/** A supervisor gives a waiting contact to an agent: skills, queue and order do not count, capacity does. */
export interface ContactAssigned {
  readonly type: 'contact-assigned';
  readonly contactId: string;
  readonly agentId: string;
}
/** An agent takes a waiting contact of one of their queues: order does not count, eligibility and capacity do. */
export interface ContactPulled {
  readonly type: 'contact-pulled';
  readonly contactId: string;
  readonly agentId: string;
}
export interface AgentSignedIn {
  readonly type: 'agent-signed-in';
  readonly agentId: string;
  /** Status from the first moment; default `break` without a reason. */
  readonly status?: 'available' | 'break';
  /** What is absent here is taken from the configuration. */
  readonly skills?: SkillLevels;
  readonly queues?: readonly Membership[];
  readonly groups?: readonly string[];
  readonly capacity?: Capacity;
  readonly weight?: number;
}
/** Offers are withdrawn at once; running work is finished first (`draining`), then the agent is out. */
export interface AgentSignedOut {
  readonly type: 'agent-signed-out';
  readonly agentId: string;
}
/** The agent cannot go on (device or page gone for good): offers withdrawn, running contacts go back to their queue or end. */
export interface AgentLost {
  readonly type: 'agent-lost';
  readonly agentId: string;
  readonly contacts: 'requeue' | 'end';
}
export interface AgentStatusChanged {
  readonly type: 'agent-status-changed';
  readonly agentId: string;
  readonly status: 'available' | 'break' | 'offline';
  readonly reason?: string;
}
/** New skills, queues or capacity of a signed-in agent. Running work is never cut. */
export interface AgentChanged {
  readonly type: 'agent-changed';
  readonly agentId: string;
  readonly skills?: SkillLevels;
  readonly queues?: readonly Membership[];
  readonly groups?: readonly string[];
  readonly capacity?: Capacity;
}
/** Shift end: no new work; signed out when the running work is done. `on: false` takes it back. */
export interface AgentDrained {
  readonly type: 'agent-drained';
  readonly agentId: string;
  readonly on: boolean;
}
/** A supervisor frees a stuck agent: offers withdrawn, wrap-ups ended, assignments kept, ended or put back. */
export interface AgentForced {
  readonly type: 'agent-forced';
  readonly agentId: string;
  readonly to: 'available' | 'break' | 'offline';
  readonly assignments: 'keep' | 'end' | 'requeue';
}
export interface OfferAccepted {
  readonly type: 'offer-accepted';
  readonly offerId: string;
}
export interface OfferDeclined {
  readonly type: 'offer-declined';
  readonly offerId: string;
}
export interface OfferFailed {
  readonly type: 'offer-failed';
  readonly offerId: string;
  readonly why: OfferFailure;
}
/** The offering side takes the offer back (its phone leg broke on our side); the agent is not blamed. */
export interface OfferWithdrawn {
  readonly type: 'offer-withdrawn';
  readonly offerId: string;
}
/** The conversation is over for this agent: the contact ends, the agent goes to wrap-up. `requeue`: the agent's leg died, the customer is still there. */
export interface AssignmentEnded {
  readonly type: 'assignment-ended';
  readonly contactId: string;
  readonly agentId: string;
  readonly then?: 'end' | 'requeue';
}
export interface WrapUpExtended {
  readonly type: 'wrap-up-extended';
  readonly contactId: string;
  readonly agentId: string;
  readonly byMs: number;
}
export interface WrapUpEnded {
  readonly type: 'wrap-up-ended';
  readonly contactId: string;
  readonly agentId: string;
}
export interface TransferredToQueue {
  readonly type: 'transferred-to-queue';
  readonly contactId: string;
  readonly agentId: string;
  readonly queueId: string;
  readonly requirement?: Requirement;
  readonly priority?: number;
}
/**
 * Blind: the giving agent is free at once and the contact waits for `toAgentId` for `waitMs`, then in `elseQueueId` (or the queue it came from).
 * Attended: the giving agent keeps it until the other accepts; if the other does not, nothing changes (`transfer-failed`).
 */
export interface TransferredToAgent {
  readonly type: 'transferred-to-agent';
  readonly contactId: string;
  readonly agentId: string;
  readonly toAgentId: string;
  readonly attended?: boolean;
  readonly waitMs?: number;
  readonly elseQueueId?: string;
}
export interface CallbackAccepted {
  readonly type: 'callback-accepted';
  readonly contactId: string;
  readonly number: string;
  readonly mode: 'agent-first' | 'customer-first';
  /** Not before this time; absent: at its turn. */
  readonly dueMs?: number;
}
/** What became of a `callback-dial` effect. */
export interface CallbackAttempted {
  readonly type: 'callback-attempted';
  readonly contactId: string;
  readonly result: CallbackResult;
}
/** `removed` says what becomes of the contacts that wait in a queue which is no longer there. */
export interface ConfigurationChanged {
  readonly type: 'configuration-changed';
  readonly configuration: Configuration;
  readonly removed?: Readonly<Record<string, LimitOutcome>>;
}
/** Time has passed: everything that was due by now happens. */
export interface Tick {
  readonly type: 'tick';
}

/** All that can happen to the engine. Plain JSON: this is what the journal keeps. */
export type EngineEvent =
  | ContactEnqueued
  | ContactAbandoned
  | ContactWithdrawn
  | ContactMoved
  | ContactReprioritised
  | ContactAssigned
  | ContactPulled
  | AgentSignedIn
  | AgentSignedOut
  | AgentLost
  | AgentStatusChanged
  | AgentChanged
  | AgentDrained
  | AgentForced
  | OfferAccepted
  | OfferDeclined
  | OfferFailed
  | OfferWithdrawn
  | AssignmentEnded
  | WrapUpExtended
  | WrapUpEnded
  | TransferredToQueue
  | TransferredToAgent
  | CallbackAccepted
  | CallbackAttempted
  | ConfigurationChanged
  | Tick;

export type EventType = EngineEvent['type'];
export type EventOf<T extends EventType> = Extract<EngineEvent, { type: T }>;
