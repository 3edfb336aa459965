/** Everything a contact can arrive on. */
export const CHANNELS = ['voice', 'chat', 'email', 'social', 'sms', 'callback', 'ticket'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What occupies an agent in the same way shares one class of slots. */
export const CHANNEL_CLASSES = ['voice', 'chat', 'email'] as const;
export type ChannelClass = (typeof CHANNEL_CLASSES)[number];

/** Which slots each channel uses. */
export const CLASS_OF_CHANNEL = {
  voice: 'voice',
  callback: 'voice',
  chat: 'chat',
  social: 'chat',
  sms: 'chat',
  email: 'email',
  ticket: 'email',
} as const satisfies Record<Channel, ChannelClass>;

/** Skill name → level, 1 (beginner) to 10 (expert). */
export type SkillLevels = Readonly<Record<string, number>>;

/** A requirement on an agent's skills. At most 4 levels deep and 32 terms. `min` defaults to 1. */
export type Requirement =
  | { readonly skill: string; readonly min?: number }
  | { readonly and: readonly Requirement[] }
  | { readonly or: readonly Requirement[] }
  | { readonly not: Requirement };

/** How many contacts of each class one agent may have at once (offered, handled and in wrap-up together), 0–100 each. */
export interface Capacity {
  readonly slots: Readonly<Record<ChannelClass, number>>;
  /** New work of the class (key) is held back while the agent has any work of the listed classes. Running work goes on. */
  readonly blockedBy: Readonly<Record<ChannelClass, readonly ChannelClass[]>>;
}

/** One voice contact, up to 5 chats and 2 emails; voice stops new chats and emails but not the running ones. */
export const DEFAULT_CAPACITY: Capacity = {
  slots: { voice: 1, chat: 5, email: 2 },
  blockedBy: { voice: [], chat: ['voice'], email: ['voice'] },
};

/** An agent's place in a queue. */
export interface Membership {
  readonly queueId: string;
  /** Lower tiers are asked first (1–100, default 1). Within a tier the queue's strategy decides. */
  readonly tier?: number;
  /** Order for `top-down` and for ties, lower first (default 0). */
  readonly rank?: number;
  /** Joins only while the queue's reserve is called in. */
  readonly reserve?: boolean;
}

export interface AgentConfiguration {
  readonly id: string;
  readonly skills?: SkillLevels;
  readonly queues?: readonly Membership[];
  readonly groups?: readonly string[];
  readonly capacity?: Capacity;
  /** Share in `weighted-random`, above 0, default 1. */
  readonly weight?: number;
}

/** The plain rules of choosing among eligible agents; the 14 strategies of the Chinese market are configurations of these. */
export type Strategy =
  | { readonly kind: 'longest-idle'; readonly since: 'queue' | 'any' | 'voice' | 'accumulated' }
  | { readonly kind: 'least-busy' }
  | { readonly kind: 'fewest-handled'; readonly scope?: 'queue' | 'all' }
  | { readonly kind: 'least-talk'; readonly scope?: 'queue' | 'all' }
  | { readonly kind: 'round-robin'; readonly scope?: 'queue' | 'all' }
  | { readonly kind: 'top-down' }
  | { readonly kind: 'random' }
  | { readonly kind: 'weighted-random' }
  | { readonly kind: 'most-skilled' }
  | { readonly kind: 'least-skilled' }
  | { readonly kind: 'ring-all'; readonly most?: number }
  | { readonly kind: 'ring-progressive'; readonly first?: number; readonly more?: number; readonly everyMs: number };

/** One widening of the search. It is taken when the contact has spent `afterMs` in the step before (0 or more). */
export interface RelaxationStep {
  readonly afterMs: number;
  readonly action:
    | { readonly do: 'lower-level'; readonly skill: string; readonly to: number }
    | { readonly do: 'drop-skill'; readonly skill: string }
    | { readonly do: 'add-queue'; readonly queueId: string }
    | { readonly do: 'add-group'; readonly group: string }
    | { readonly do: 'raise-priority'; readonly by: number };
}

/** What becomes of a contact that may not enter or wait any longer. */
export type LimitOutcome =
  | { readonly to: 'queue'; readonly queueId: string }
  | { readonly to: 'callback' }
  | { readonly to: 'voicemail' }
  | { readonly to: 'message'; readonly prompt?: string }
  | { readonly to: 'external'; readonly number: string }
  | { readonly to: 'ticket' }
  | { readonly to: 'hang-up' };

/** Checked in order when a contact asks to enter; the first that holds decides. */
export type EntryLimit =
  | { readonly when: 'size'; readonly atLeast: number; readonly then: LimitOutcome }
  | { readonly when: 'estimated-wait'; readonly aboveMs: number; readonly then: LimitOutcome }
  | { readonly when: 'nobody-signed-in'; readonly then: LimitOutcome }
  | { readonly when: 'closed'; readonly then: LimitOutcome }
  | { readonly when: 'blocked'; readonly then: LimitOutcome };

/** Checked while a contact waits. */
export type WaitingLimit =
  | { readonly when: 'waited'; readonly ms: number; readonly then: LimitOutcome }
  | { readonly when: 'estimated-wait'; readonly aboveMs: number; readonly then: LimitOutcome }
  | { readonly when: 'nobody-left'; readonly then: LimitOutcome };

export const ESTIMATORS = ['queue-length', 'last-to-enter-service', 'head-of-line'] as const;
export type Estimator = (typeof ESTIMATORS)[number];

/** Score = base + acceleration × waiting, the gain by waiting limited to `cap`. Whole numbers, so that comparing is exact. */
export interface Ageing {
  /** Points a waiting contact gains per minute, whole, 0–1000. */
  readonly pointsPerMinute: number;
  /** The most points that waiting can add, whole; absent: no limit. */
  readonly cap?: number;
}

export interface CallbackRules {
  readonly attempts: number;
  readonly gapMs: number;
  /** How long one dialling attempt may take before it counts as failed. */
  readonly dialTimeoutMs: number;
  /** customer-first: dial when the estimated wait is at most this. */
  readonly leadMs: number;
  /** Dialled only in these hours; absent: any time. */
  readonly calendarId?: string;
  /** A second callback of the same number in this queue: refused, or it takes the first one's stead. */
  readonly duplicates: 'refuse' | 'replace';
}

export interface QueueConfiguration {
  readonly id: string;
  /** What people read, by language; routing does not look at it. */
  readonly name?: { readonly 'zh-CN': string; readonly en: string };
  /** Weight of the queue in the score, whole, −1,000,000 to 1,000,000. */
  readonly priority?: number;
  readonly ageing?: Ageing;
  readonly strategy?: Strategy;
  /** How long an offer stands, by channel class (1,000–3,600,000 ms). */
  readonly offerTimeoutMs?: Partial<Record<ChannelClass, number>>;
  /** Time for after-contact work, by channel class; 0: none. */
  readonly wrapUpMs?: Partial<Record<ChannelClass, number>>;
  /** Wrap-up with all its extensions never lasts longer than this. */
  readonly wrapUpMostMs?: number;
  readonly relaxation?: readonly RelaxationStep[];
  readonly entryLimits?: readonly EntryLimit[];
  readonly waitingLimits?: readonly WaitingLimit[];
  readonly calendarId?: string;
  readonly blocklist?: readonly string[];
  /** Reserve agents join above, and leave below, these estimated waits. `leaveBelowMs` < `joinAboveMs`. */
  readonly reserve?: { readonly joinAboveMs: number; readonly leaveBelowMs: number };
  readonly announce?: { readonly everyMs: number };
  /** Which estimate is shown; `best` is the one with the least measured error. */
  readonly estimator?: Estimator | 'best';
  readonly callback?: CallbackRules;
  /** An abandon within this time counts as short (default 5,000 ms). */
  readonly shortAbandonMs?: number;
}

/** How long an agent is left alone after an offer that came to nothing (1–3,600,000 ms each). */
export interface RefusalDelays {
  readonly noAnswerMs: number;
  readonly busyMs: number;
  readonly declinedMs: number;
  readonly failedMs: number;
  /** After this many unanswered offers in a row the agent goes on break with reason `no-answer`; 0: never. */
  readonly noAnswerLimit: number;
}

/** Minutes since local midnight, `from` < `to` ≤ 1440. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

export interface Calendar {
  readonly id: string;
  /** Sunday first; several periods a day. */
  readonly week: readonly (readonly Period[])[];
  /** Local date `YYYY-MM-DD` → its own periods; an empty list is a closed day. */
  readonly dates?: Readonly<Record<string, readonly Period[]>>;
  /** Minutes east of UTC. */
  readonly utcOffsetMinutes: number;
  /** Changes of the offset (summer time), in order of time; the last one begun is in force. */
  readonly offsetChanges?: readonly { readonly fromMs: number; readonly utcOffsetMinutes: number }[];
}

export interface Configuration {
  readonly version: number;
  readonly queues: readonly QueueConfiguration[];
  readonly agents?: readonly AgentConfiguration[];
  /** Used for an agent without a capacity of its own. */
  readonly capacity?: Capacity;
  readonly breakReasons?: readonly string[];
  readonly calendars?: readonly Calendar[];
  readonly refusalDelays?: RefusalDelays;
  /** Customer segment → points and, when set, its own ageing instead of the queue's. */
  readonly segments?: Readonly<Record<string, { readonly priority?: number; readonly ageing?: Ageing }>>;
  readonly channelPriority?: Partial<Record<Channel, number>>;
  /** "Today" of handled counts and talk time begins at midnight of this offset. Default 480 (China). */
  readonly utcOffsetMinutes?: number;
}

export const DEFAULT_REFUSAL_DELAYS: RefusalDelays = {
  noAnswerMs: 30_000,
  busyMs: 15_000,
  declinedMs: 10_000,
  failedMs: 30_000,
  noAnswerLimit: 3,
};
export const DEFAULT_CALLBACK: CallbackRules = {
  attempts: 3,
  gapMs: 300_000,
  dialTimeoutMs: 60_000,
  leadMs: 30_000,
  duplicates: 'refuse',
};
export const DEFAULT_OFFER_TIMEOUT_MS: Readonly<Record<ChannelClass, number>> = {
  voice: 20_000,
  chat: 60_000,
  email: 600_000,
};
export const DEFAULT_WRAP_UP_MS: Readonly<Record<ChannelClass, number>> = { voice: 30_000, chat: 0, email: 0 };
export const DEFAULT_WRAP_UP_MOST_MS = 600_000;
export const DEFAULT_SHORT_ABANDON_MS = 5_000;

/** Bounds on what comes from outside. */
export const ENGINE_LIMITS = {
  idLength: 128,
  contacts: 1_000_000,
  agents: 100_000,
  queues: 10_000,
  requirementDepth: 4,
  requirementTerms: 32,
  preferredAgents: 10,
  relaxationSteps: 20,
  overflowHops: 5,
  parallelOffers: 50,
} as const;
