import type { Timer } from '../../config/clock.ts';
import type { CallControl, LegId, SupervisionMode } from '../../switch/index.ts';
import type { CONSULT_STATES, CustomerCard, Locale, LocalName, Outcome, PathStep } from '../api/contract/index.ts';
import type { Choice, FlowPosition, WaitRange } from '../flows/index.ts';
import type { LiveStay } from './line/stay.ts';

/**
 * Where a caller is. Every stage has an event or a deadline that leaves it (chart: docs/architecture.md, 4.2):
 *
 * flow → waiting → connecting → talking → over, with waiting → flow, connecting → waiting, talking → agent-lost → talking | waiting,
 * talking → waiting | flow | connecting by transfer, flow | talking → outside, and any → over.
 * `over`: the caller is gone; what remains is somebody's wrap-up.
 */
export const STAGES = ['flow', 'waiting', 'connecting', 'talking', 'agent-lost', 'outside', 'over'] as const;
export type Stage = (typeof STAGES)[number];

/** An offer whose phone is being rung for this call. */
export interface OfferPart {
  readonly offerId: string;
  readonly agentId: string;
  readonly queueId: string;
  readonly legId: LegId;
  readonly offeredAtMs: number;
  readonly expiresAtMs: number;
  answered: boolean;
}

/** The agent who has the call. */
export interface AgentPart {
  readonly agentId: string;
  readonly phoneUser: string;
  readonly queueId: string;
  /** Changes when the agent's page was reloaded and its phone is called anew. */
  legId: LegId;
  readonly sinceMs: number;
  connectedAtMs: number | undefined;
  heldSinceMs: number | undefined;
  /** The phone's registration went away since the leg was answered: its next registration is a new phone. */
  phoneChanged: boolean;
  /** A re-attachment is under way. */
  reattaching: boolean;
}

/** A second party that the agent talks to beside the caller. */
export interface ConsultPart {
  readonly legId: LegId;
  readonly target:
    | { readonly kind: 'agent'; readonly agentId: string }
    | { readonly kind: 'number'; readonly number: string };
  state: (typeof CONSULT_STATES)[number];
  /** Since when it is in that state. */
  sinceMs: number;
  /** The second party's registration went away since it answered: its next one is a new phone. */
  phoneChanged: boolean;
}

/** A recording that runs. Times are milliseconds since 1970. */
export interface RecordingPart {
  readonly recordingId: string;
  /** Relative to the recordings' folder. */
  readonly path: string;
  readonly legId: LegId;
  readonly kind: 'conversation' | 'voicemail';
  readonly startedAtMs: number;
  readonly pauses: { readonly fromMs: number; toMs?: number }[];
}

/** What an agent writes after the call. */
export interface WrapUpPart {
  readonly agentId: string;
  readonly queueId: string;
  readonly startedAtMs: number;
  readonly talkStartedAtMs: number | undefined;
  endsAtMs: number;
  extensions: number;
  dispositionId: string | undefined;
  notes: string;
  /** True when it runs beside the contact's next segment. */
  readonly aside: boolean;
}

/** One phone call of one customer: identity and state. What can be done with it stands in files of their own. */
export interface Call {
  readonly contactId: string;
  readonly control: CallControl;
  readonly direction: 'inbound' | 'outbound';
  readonly callerNumber: string;
  readonly dialedNumber: string;
  /** The registered phone it came from, e.g. of the caller page. */
  readonly fromUser: string | undefined;
  readonly startedAtMs: number;
  callerLegId: LegId | undefined;
  customer: CustomerCard;
  /** Customer segment of the routing configuration. */
  tier: string | undefined;
  language: Locale;
  stage: Stage;
  stageSinceMs: number;
  endedAtMs: number | undefined;
  /** The way out of the stage by time. */
  watchdog: Timer | undefined;
  flow: FlowPosition | undefined;
  /** Counts the flows that were started; one that is not the latest lets go. */
  flowRun: number;
  readonly path: PathStep[];
  choices: readonly Choice[];
  reason: LocalName | undefined;
  queueId: string | undefined;
  enqueuedAtMs: number | undefined;
  announcedRange: WaitRange | undefined;
  stay: LiveStay | undefined;
  readonly offers: Map<string, OfferPart>;
  agent: AgentPart | undefined;
  consult: ConsultPart | undefined;
  outsideLegId: LegId | undefined;
  /** Phone of a supervisor → the leg on which they are on this conversation. */
  readonly supervisors: Map<string, { readonly legId: LegId; mode: SupervisionMode }>;
  /** The supervisor to whom it is being brought. */
  takenOverBy: string | undefined;
  recording: RecordingPart | undefined;
  recordingParts: number;
  /** Everybody who talked on it: the engine may let them wrap up. */
  readonly handledBy: Set<string>;
  /** When each of them began to talk, the last time. */
  readonly talkStartedAtMs: Map<string, number>;
  readonly wrapUps: Map<string, WrapUpPart>;
  /** What the routing engine said the stay in its hands came to. */
  routedOutcome: Outcome | undefined;
  /** What the flow said, e.g. that a message was left. */
  flowOutcome: Outcome | undefined;
  answeredAtMs: number | undefined;
  /** A callback keeps the place: the contact lives on without its caller. */
  callback: { readonly number: string } | undefined;
  /** Everything that routing must hear of this call, in order. */
  tells: Promise<unknown>;
}

/** What a new call is made of. */
export type NewCall = Pick<
  Call,
  | 'contactId'
  | 'control'
  | 'direction'
  | 'callerNumber'
  | 'dialedNumber'
  | 'fromUser'
  | 'startedAtMs'
  | 'callerLegId'
  | 'customer'
  | 'tier'
  | 'language'
>;

export function newCall(fields: NewCall): Call {
  return {
    ...fields,
    stage: 'flow',
    stageSinceMs: fields.startedAtMs,
    endedAtMs: undefined,
    watchdog: undefined,
    flow: undefined,
    flowRun: 0,
    path: [],
    choices: [],
    reason: undefined,
    queueId: undefined,
    enqueuedAtMs: undefined,
    announcedRange: undefined,
    stay: undefined,
    offers: new Map(),
    agent: undefined,
    consult: undefined,
    outsideLegId: undefined,
    supervisors: new Map(),
    takenOverBy: undefined,
    recording: undefined,
    recordingParts: 0,
    handledBy: new Set(),
    talkStartedAtMs: new Map(),
    wrapUps: new Map(),
    routedOutcome: undefined,
    flowOutcome: undefined,
    answeredAtMs: undefined,
    callback: undefined,
    tells: Promise.resolve(),
  };
}
