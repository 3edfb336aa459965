import { loadCard } from '../customers/index.ts';
import { cardInSight, type Sight, stepInSight } from '../floor/index.ts';
import {
  type Choice,
  type ContactListItem,
  contactEvents,
  type Database,
  findCustomer,
  type Recording,
  type Segment,
} from '../store/index.ts';
import type {
  ContactDetail,
  ContactSummary,
  LocalName,
  Outcome,
  PathStep,
  Recording as RecordingView,
  Segment as SegmentView,
} from './contract/index.ts';
import { OUTCOMES } from './contract/index.ts';

/** Names that turn ids into what people read. */
export interface Names {
  queue(queueId: string): LocalName | undefined;
  agent(agentId: string): string | undefined;
  disposition(dispositionId: string): LocalName | undefined;
}

export function localName(choice: Choice): LocalName {
  return { 'zh-CN': choice.nameZh, en: choice.nameEn };
}

function recordingView(recording: Recording): RecordingView {
  return {
    recordingId: recording.id,
    startedAtMs: recording.startedAtMs,
    durationMs: recording.durationMs ?? 0,
    state: recording.state === 'stored' ? 'complete' : recording.state,
    kind: recording.kind,
  };
}

function segmentView(segment: Segment, names: Names): SegmentView {
  const agentName = segment.agentId === null ? undefined : names.agent(segment.agentId);
  return {
    segmentId: segment.id,
    kind: segment.kind === 'wrap-up' ? 'agent' : segment.kind,
    ...(segment.queueId === null ? {} : { queueId: segment.queueId }),
    ...(segment.agentId === null ? {} : { agentId: segment.agentId }),
    ...(agentName === undefined ? {} : { agentName }),
    startedAtMs: segment.startedAtMs,
    ...(segment.endedAtMs === null ? {} : { endedAtMs: segment.endedAtMs }),
    waitMs: segment.waitMs + segment.flowMs,
    ringMs: segment.ringMs,
    talkMs: segment.talkMs,
    holdMs: segment.holdMs,
    wrapUpMs: segment.wrapUpMs,
    ...(segment.endReason === null ? {} : { outcome: segment.endReason }),
  };
}

const isOutcome = (word: string | null): word is Outcome => (OUTCOMES as readonly (string | null)[]).includes(word);

/** A contact as one line of a list. */
export function contactSummary(
  contact: ContactListItem,
  parts: { readonly segments: readonly Segment[]; readonly recordings: readonly Recording[] },
  names: Names,
  sight: Sight,
): ContactSummary {
  const queueId = contact.queueIds[0];
  const lastAgent = [...parts.segments].reverse().find((segment) => segment.agentId !== null)?.agentId;
  const queueName = queueId === undefined ? undefined : names.queue(queueId);
  const agentName = lastAgent == null ? undefined : names.agent(lastAgent);
  const disposition = contact.dispositionId === null ? undefined : names.disposition(contact.dispositionId);
  const number = contact.remoteAddress ?? '';
  return {
    contactId: contact.id,
    channel: contact.channel as ContactSummary['channel'],
    direction: contact.direction === 'outbound' ? 'outbound' : 'inbound',
    startedAtMs: contact.startedAtMs,
    ...(contact.endedAtMs === null ? {} : { endedAtMs: contact.endedAtMs }),
    ...(isOutcome(contact.outcome) ? { outcome: contact.outcome } : {}),
    ...(queueName === undefined ? {} : { queueName }),
    ...(agentName === undefined ? {} : { agentName }),
    customerId: contact.customerId ?? '',
    customerName: sight(contact.customerName ?? number),
    callerNumber: sight(number),
    talkMs: parts.segments.reduce((sum, segment) => sum + segment.talkMs, 0),
    ...(disposition === undefined ? {} : { dispositionName: disposition }),
    notes: contact.notes ?? '',
    recordings: parts.recordings.map(recordingView),
  };
}

/** A contact with everything that is known of it. */
export async function contactDetail(
  db: Database,
  contact: ContactListItem,
  parts: { readonly segments: readonly Segment[]; readonly recordings: readonly Recording[] },
  names: Names,
  sight: Sight,
): Promise<ContactDetail | undefined> {
  const customer = contact.customerId === null ? undefined : await findCustomer(db, contact.customerId);
  if (!customer) return undefined;
  const card = await loadCard(db, customer);
  const steps = (await contactEvents(db, contact.id)).filter((event) => event.kind === 'path');
  return {
    ...contactSummary(contact, parts, names, sight),
    path: steps.map((event) =>
      stepInSight({ ...(event.data as Pick<PathStep, 'label' | 'value'>), atMs: event.atMs }, sight),
    ),
    segments: parts.segments.map((segment) => segmentView(segment, names)),
    customer: cardInSight(card, sight),
  };
}
