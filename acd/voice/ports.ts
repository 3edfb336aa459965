import type { CustomerCard, Locale, LocalName, Outcome } from '../api/contract/index.ts';
import type { AgentView, ContactView, Effect, EngineEvent, WaitEstimate } from '../engine/index.ts';
import type { Flow } from '../flows/index.ts';

/** What the voice room asks of routing. Reading answers from memory; `submit` answers once the event is in the journal. */
export interface Routing {
  /** False when another server may have taken over: for this one's clock the lease has run out, e.g. because only it lost the database. */
  isOwnerCertain(): boolean;
  /** True when another server waits to take over. */
  hasStandby(): boolean;
  /** Throws `store.unavailable` or `journal.stale-owner` when the event was not taken; then nothing has happened. */
  submit(event: EngineEvent): Promise<readonly Effect[]>;
  contact(contactId: string): ContactView | undefined;
  agent(agentId: string): AgentView | undefined;
  contactIds(): readonly string[];
  position(contactId: string): number | undefined;
  estimateWait(contactId: string): WaitEstimate;
}

export interface VoiceAgent {
  readonly agentId: string;
  readonly displayName: string;
  /** The user under which the agent's phone registers. */
  readonly phoneUser: string;
}

/** Who works here. Answers from memory. */
export interface VoiceDirectory {
  agent(agentId: string): VoiceAgent | undefined;
  agentByPhone(phoneUser: string): VoiceAgent | undefined;
  queueName(queueId: string): LocalName | undefined;
  /** The number under which the guest on that phone is known, e.g. of the caller page's demo; absent: the phone's own user. */
  numberOfGuest?(phoneUser: string): string | undefined;
}

/** The flows in force. Answers from memory. */
export interface FlowShelf {
  byNumber(dialedNumber: string): Flow | undefined;
  byId(flowId: string): Flow | undefined;
}

export interface KnownCustomer {
  readonly card: CustomerCard;
  readonly tier?: string;
  readonly language?: Locale;
}

export interface NewContactRecord {
  readonly contactId: string;
  readonly direction: 'inbound' | 'outbound';
  readonly customerId: string;
  readonly callerNumber: string;
  readonly dialedNumber: string;
  readonly flowId: string;
  readonly node: string;
  readonly startedAtMs: number;
}

export interface SegmentRecord {
  readonly kind: 'flow' | 'queue' | 'agent' | 'outside';
  readonly queueId?: string;
  readonly agentId?: string;
  readonly flowId?: string;
  readonly atMs: number;
  /** Why the segment before it ended. */
  readonly why: string;
}

export type RecordPhase = 'flow' | 'wait' | 'ring' | 'talk' | 'hold' | 'wrap-up';

/** A contact as it was kept, for the time after a restart. `saved` is what {@link VoiceRecords.save} was given last. */
export interface OpenContactRecord {
  readonly contactId: string;
  readonly node: string;
  readonly callerNumber: string;
  readonly dialedNumber: string;
  readonly direction: 'inbound' | 'outbound';
  readonly startedAtMs: number;
  readonly ended: boolean;
  readonly customer: KnownCustomer;
  readonly saved: unknown;
}

export interface RecordingEnd {
  readonly state: 'stored' | 'cut-short' | 'missing';
  readonly endedAtMs: number;
  readonly durationMs: number;
  readonly sizeBytes: number;
}

/**
 * What is kept of calls. Only the reading verbs wait for the database. The writing ones are put in a line and written in order, again
 * and again while the database is away, so that no call waits for it.
 */
export interface VoiceRecords {
  /** The customer with that number, made when there is none. Throws `store.unavailable`. */
  customerOf(number: string, language: Locale): Promise<KnownCustomer>;
  openContacts(): Promise<readonly OpenContactRecord[]>;
  /** True when the contact is known and its customer has left. */
  hasEnded(contactId: string): Promise<boolean>;
  create(contact: NewContactRecord): void;
  /** Keeps what is needed to go on after a restart. `picture` is asked when it is written, so one that waits serves later changes too. */
  save(contactId: string, picture: () => unknown): void;
  update(contactId: string, changes: { reason?: string; answeredAtMs?: number; flowId?: string }): void;
  wrapUp(contactId: string, wrapUp: { dispositionId?: string; notes?: string }): void;
  segment(contactId: string, segment: SegmentRecord): void;
  phase(contactId: string, phase: RecordPhase, atMs: number): void;
  startWrapUpAside(contactId: string, wrapUp: { agentId: string; queueId: string; atMs: number }): void;
  endWrapUpAside(contactId: string, wrapUp: { agentId: string; atMs: number }): void;
  /** The customer left. The first one counts. */
  end(contactId: string, end: { atMs: number; outcome: Outcome; cause: string }): void;
  /** Nothing more is to be done. */
  close(contactId: string, atMs: number): void;
  event(contactId: string, event: { atMs: number; kind: string; data: Readonly<Record<string, unknown>> }): void;
  startRecording(recording: {
    recordingId: string;
    contactId: string;
    agentId?: string;
    path: string;
    kind: 'conversation' | 'voicemail';
    startedAtMs: number;
  }): void;
  recordingPauses(contactId: string, recordingId: string, pauses: readonly { fromMs: number; toMs?: number }[]): void;
  finishRecording(contactId: string, recordingId: string, end: RecordingEnd): void;
}
