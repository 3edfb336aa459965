import { CHANNELS, ENGINE_LIMITS } from '../configuration.ts';
import { CALLBACK_RESULTS, type EngineEvent, type EventType, OFFER_FAILURES } from '../events.ts';
import { isRequirement } from '../needs/requirement.ts';
import {
  areGroups,
  areMemberships,
  isCapacity,
  isId,
  isListOf,
  isPlain,
  isPoints,
  isSkills,
  isSpanMs,
  isTimeMs,
  isWeight,
  type Plain,
} from './value.ts';

type Check = (value: unknown) => boolean;

const oneOf =
  (...allowed: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && allowed.includes(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const text: Check = (value) => typeof value === 'string' && value.length <= 256;
const flag: Check = (value) => typeof value === 'boolean';
const preferred: Check = (value) =>
  isPlain(value) &&
  isListOf(value['agentIds'], ENGINE_LIMITS.preferredAgents, isId) &&
  isSpanMs(value['waitMs']) &&
  optional(flag)(value['ignoreSkills']);

const CONTACT = { contactId: isId } as const;
const AGENT = { agentId: isId } as const;
const OFFER = { offerId: isId } as const;
const EQUIPMENT = {
  skills: optional(isSkills),
  queues: optional(areMemberships),
  groups: optional(areGroups),
  capacity: optional(isCapacity),
} as const;

/** What each field of each event must look like. */
const FIELDS: Readonly<Record<EventType, Readonly<Record<string, Check>>>> = {
  'contact-enqueued': {
    ...CONTACT,
    queueId: isId,
    alsoQueues: optional((value) => isListOf(value, 20, isId)),
    channel: oneOf(...CHANNELS),
    priority: optional(isPoints),
    requirement: optional((value) => isRequirement(value)),
    segment: optional(isId),
    customer: optional(text),
    preferred: optional(preferred),
    firstEnqueuedMs: optional(isTimeMs),
  },
  'contact-abandoned': CONTACT,
  'contact-withdrawn': {
    ...CONTACT,
    outcome: optional(oneOf('withdrawn', 'voicemail', 'overflowed')),
    why: optional(text),
  },
  'contact-moved': { ...CONTACT, queueId: isId },
  'contact-reprioritised': { ...CONTACT, priority: isPoints },
  'contact-assigned': { ...CONTACT, ...AGENT },
  'contact-pulled': { ...CONTACT, ...AGENT },
  'agent-signed-in': {
    ...AGENT,
    ...EQUIPMENT,
    status: optional(oneOf('available', 'break')),
    weight: optional(isWeight),
  },
  'agent-signed-out': AGENT,
  'agent-lost': { ...AGENT, contacts: oneOf('requeue', 'end') },
  'agent-status-changed': { ...AGENT, status: oneOf('available', 'break', 'offline'), reason: optional(text) },
  'agent-changed': { ...AGENT, ...EQUIPMENT },
  'agent-drained': { ...AGENT, on: flag },
  'agent-forced': {
    ...AGENT,
    to: oneOf('available', 'break', 'offline'),
    assignments: oneOf('keep', 'end', 'requeue'),
  },
  'offer-accepted': OFFER,
  'offer-declined': OFFER,
  'offer-failed': { ...OFFER, why: oneOf(...OFFER_FAILURES) },
  'offer-withdrawn': OFFER,
  'assignment-ended': { ...CONTACT, ...AGENT, then: optional(oneOf('end', 'requeue')) },
  'wrap-up-extended': { ...CONTACT, ...AGENT, byMs: (value) => isSpanMs(value, 1) },
  'wrap-up-ended': { ...CONTACT, ...AGENT },
  'transferred-to-queue': {
    ...CONTACT,
    ...AGENT,
    queueId: isId,
    requirement: optional((value) => isRequirement(value)),
    priority: optional(isPoints),
  },
  'transferred-to-agent': {
    ...CONTACT,
    ...AGENT,
    toAgentId: isId,
    attended: optional(flag),
    waitMs: optional(isSpanMs),
    elseQueueId: optional(isId),
  },
  'callback-accepted': {
    ...CONTACT,
    number: (value) => text(value) && value !== '',
    mode: oneOf('agent-first', 'customer-first'),
    dueMs: optional(isTimeMs),
  },
  'callback-attempted': { ...CONTACT, result: oneOf(...CALLBACK_RESULTS) },
  'configuration-changed': { configuration: isPlain, removed: optional(isPlain) },
  tick: {},
};

/** The names of the fields that are not as they must be; `type` when the event is of no known kind. */
export function eventProblems(event: EngineEvent): string[] {
  if (!isPlain(event) || !Object.hasOwn(FIELDS, event.type)) return ['type'];
  const fields = FIELDS[event.type];
  const problems: string[] = [];
  for (const name in fields) if (!fields[name]!((event as unknown as Plain)[name])) problems.push(name);
  return problems;
}
