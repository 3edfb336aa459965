import type {
  Capacity,
  Channel,
  ChannelClass,
  Estimator,
  LimitOutcome,
  Membership,
  QueueConfiguration,
  Requirement,
  SkillLevels,
} from './configuration.ts';
import type { Deadline } from './deadlines/deadline-heap.ts';
import type { AgentState, AgentStatus, OfferOrigin } from './effects.ts';
import type { WaitingLine } from './order/waiting-line.ts';
import type { ContactState } from './state.ts';

/** What can fall due. Each has its own file in `due/`. */
export type Due =
  | { readonly kind: 'offer'; readonly of: Offer }
  | { readonly kind: 'wrap-up'; readonly of: Work }
  | { readonly kind: 'resume'; readonly of: Agent }
  | { readonly kind: 'limit'; readonly of: Contact }
  | { readonly kind: 'step'; readonly of: Contact }
  | { readonly kind: 'announce'; readonly of: Contact }
  | { readonly kind: 'preferred'; readonly of: Contact }
  | { readonly kind: 'callback'; readonly of: Contact }
  | { readonly kind: 'ring-more'; readonly of: Contact }
  | { readonly kind: 'reserve'; readonly of: Queue };
export type Timer = Deadline<Due>;

/** The timers a contact can have running, by what falls due. */
export const CONTACT_TIMERS = ['limit', 'step', 'announce', 'preferred', 'callback', 'ring-more'] as const;
export type ContactTimer = (typeof CONTACT_TIMERS)[number];

/** Shared by all who have no list of their own: an empty one each would be most of a contact's memory. */
export const NONE: readonly never[] = Object.freeze([]);

export interface CallbackPlan {
  readonly number: string;
  readonly mode: 'agent-first' | 'customer-first';
  attempt: number;
  /** Not dialled before; 0: at its turn. */
  dueMs: number;
  /** The queue in which the number is booked. */
  queue: Queue;
}

export interface Contact {
  readonly id: string;
  /** Order of coming; settles ties of place. */
  readonly order: number;
  channel: Channel;
  class: ChannelClass;
  queue: Queue;
  /** More queues and groups whose agents may take it. */
  also: readonly string[];
  groups: readonly string[];
  priority: number;
  readonly segment: string | undefined;
  readonly customer: string | undefined;
  /** As it came; relaxation works on `requirement` and a new queue begins with this again. */
  asked: Requirement | undefined;
  requirement: Requirement | undefined;
  preferred:
    | {
        readonly agentIds: readonly string[];
        readonly ignoreSkills: boolean;
        readonly origin: 'preferred' | 'transfer';
      }
    | undefined;
  preferredUntilMs: number;
  firstEnqueuedMs: number;
  enqueuedMs: number;
  readonly startedMs: number;
  step: number;
  stepSinceMs: number;
  raised: number;
  state: ContactState;
  base: number;
  gain: number;
  cap: number;
  key: number;
  /** Where it waits to be matched; `inNeed` while it really stands there. */
  need: Need | undefined;
  inNeed: boolean;
  inLine: boolean;
  offers: readonly Offer[];
  agent: Agent | undefined;
  segmentNumber: number;
  segmentSinceMs: number;
  answered: boolean;
  /** Queues passed through within one event, so that overflow cannot go round for ever. */
  hopEvent: number;
  hops: number;
  /** Waiting since a moment ago: the first prediction is still to be made. */
  fresh: boolean;
  callback: CallbackPlan | undefined;
  timers: Partial<Record<ContactTimer, Timer | undefined>> | undefined;
  /** Lowest wait (upper end) and place that were announced; 0: none yet. */
  announcedMs: number;
  announcedPosition: number;
  announceNextMs: number;
  prediction: { readonly atMs: number; readonly waits: Partial<Record<Estimator, number>> } | undefined;
}

export interface Offer {
  readonly id: string;
  readonly contact: Contact;
  readonly agent: Agent;
  readonly queue: Queue;
  readonly origin: OfferOrigin;
  readonly madeMs: number;
  readonly expiresMs: number;
  readonly attended: boolean;
  readonly work: Work;
  timer: Timer | undefined;
}

/** One used slot of an agent. */
export interface Work {
  readonly agent: Agent;
  readonly contactId: string;
  readonly queue: Queue;
  readonly channel: Channel;
  readonly class: ChannelClass;
  state: 'offered' | 'handling' | 'wrap-up';
  sinceMs: number;
  endsMs: number;
  /** The latest end that extensions may reach. */
  mostMs: number;
  segmentNumber: number;
  offerId: string;
  timer: Timer | undefined;
}

/** What an agent did in one queue; feeds the per-queue readings of the strategies. */
export interface QueueRecord {
  lastEndMs: number;
  lastOffer: number;
  handledToday: number;
  talkTodayMs: number;
}

export interface Agent {
  readonly id: string;
  /** Order of first sign-in; the last tie-break everywhere. */
  readonly order: number;
  signedIn: boolean;
  signedInMs: number;
  status: AgentStatus;
  reason: string | undefined;
  statusSinceMs: number;
  draining: boolean;
  pausedUntilMs: number;
  pauseTimer: Timer | undefined;
  skills: SkillLevels;
  memberships: readonly Membership[];
  groups: readonly string[];
  capacity: Capacity;
  weight: number;
  /** Set by the sign-in itself, so a new configuration does not touch it. */
  own: {
    readonly skills: boolean;
    readonly queues: boolean;
    readonly groups: boolean;
    readonly capacity: boolean;
    readonly weight: boolean;
  };
  class: AgentClass | undefined;
  work: Work[];
  used: Record<ChannelClass, number>;
  ready: Record<ChannelClass, boolean>;
  /** Ready since this event: only for these classes can somebody be waiting. */
  fresh: Record<ChannelClass, boolean>;
  /** In the ready set of its class. Somebody who was freed just now is ready but not listed yet. */
  listed: Record<ChannelClass, boolean>;
  /** Counted in `live` of its class and queues: signed in, not offline, not at shift end. */
  live: boolean;
  /** Raised when anything that a strategy reads has changed; older entries in orderings are then void. */
  stamp: number;
  unanswered: number;
  lastEndMs: number;
  lastVoiceEndMs: number;
  lastOffer: number;
  idleSinceMs: number;
  idleMs: number;
  day: number;
  handledToday: number;
  talkTodayMs: number;
  records: Map<string, QueueRecord>;
  state: AgentState;
  stateSinceMs: number;
}

/** Agents with equal skills, queues, groups and capacity. */
export interface AgentClass {
  readonly key: string;
  readonly skills: SkillLevels;
  readonly members: ReadonlyMap<string, { readonly tier: number; readonly reserve: boolean }>;
  readonly groups: readonly string[];
  readonly capacity: Capacity;
  readonly pools: readonly Pool[];
  /** Signed in and not offline. */
  live: number;
  agents: number;
  readonly needs: Record<ChannelClass, NeedList>;
  readonly ready: Record<ChannelClass, ReadySet>;
}

/** The needs that a class fits, and beside each its line's place in the heads, which is all that most looks at it read. */
export interface NeedList {
  readonly needs: Need[];
  readonly slots: number[];
}

/** The agents of one class who can take a contact of one channel class right now, in every order that was asked for. */
export interface ReadySet {
  readonly agents: ReadonlySet<Agent>;
  /** Puts an agent in, or renews its entries after its stamp was raised. */
  put(agent: Agent): void;
  remove(agent: Agent): void;
  /** The agent with the lowest key; ties by longest idle, then order of first sign-in. Readings of "today" hold for one `day`. */
  best(
    name: string,
    day: number,
    keyOf: (agent: Agent) => number,
  ): { readonly agent: Agent; readonly key: number } | undefined;
}

/** The agents of one queue or group, by class. */
export interface Pool {
  readonly key: string;
  readonly classes: Set<AgentClass>;
  readonly needs: Set<Need>;
  readonly ready: Record<ChannelClass, Set<AgentClass>>;
}

/** How a class fits a need. `reserve`: only through queues that have it in reserve. */
export interface Fit {
  readonly reserve: boolean;
  readonly tier: number;
}

/** What waiting contacts with equal needs ask for; matched against classes once. */
export interface Need {
  readonly key: string;
  readonly class: ChannelClass;
  readonly queues: readonly Queue[];
  readonly groups: readonly string[];
  readonly requirement: Requirement | undefined;
  readonly skills: readonly string[];
  readonly pools: readonly Pool[];
  readonly fits: Map<AgentClass, Fit>;
  /** Agents signed in who fit. */
  live: number;
  /** Contacts that refer to it, standing in line or not. */
  users: number;
  readonly line: WaitingLine<Contact>;
}

export interface Accuracy {
  samples: number;
  absoluteMs: number;
  signedMs: number;
}

export interface QueueStatistics {
  answers: number;
  lastWaitMs: number;
  lastAnswerMs: number;
  /** Someone has waited without a break since the last answer. */
  busy: boolean;
  intervalMs: number;
  intervals: number;
  handleMs: number;
  handles: number;
  readonly accuracy: Record<Estimator, Accuracy>;
}

export interface Queue {
  readonly id: string;
  settings: QueueSettings;
  /** No longer configured; only running work refers to it. */
  retired: boolean;
  /** What becomes of contacts that would come back to a removed queue. */
  removedThen: LimitOutcome;
  readonly pool: Pool;
  readonly line: WaitingLine<Contact>;
  readonly statistics: QueueStatistics;
  offered: number;
  handling: number;
  callbacks: number;
  live: number;
  reserveOn: boolean;
  reserveTimer: Timer | undefined;
}

/** A queue's configuration with every default filled in. */
export type QueueSettings = QueueConfiguration &
  Required<
    Pick<
      QueueConfiguration,
      | 'priority'
      | 'ageing'
      | 'strategy'
      | 'wrapUpMostMs'
      | 'relaxation'
      | 'entryLimits'
      | 'waitingLimits'
      | 'estimator'
      | 'callback'
      | 'shortAbandonMs'
    >
  > & {
    readonly offerTimeoutMs: Readonly<Record<ChannelClass, number>>;
    readonly wrapUpMs: Readonly<Record<ChannelClass, number>>;
    readonly blocked: ReadonlySet<string>;
  };
