import { CHANNELS, type EngineEvent, type Requirement } from '../index.ts';
import type { Shadow } from './shadow.ts';
import { AGENT_IDS, configurationOf, QUEUE_IDS } from './world-of.ts';

/** One step of a history, as numbers, so that it means something in every situation and shrinks well. */
export interface Step {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

const REQUIREMENTS: readonly (Requirement | undefined)[] = [
  undefined,
  undefined,
  { skill: 'en', min: 3 },
  { skill: 'tax' },
  { and: [{ skill: 'en' }, { skill: 'tax', min: 2 }] },
  {
    or: [
      { skill: 'en', min: 5 },
      { skill: 'tax', min: 4 },
    ],
  },
  { and: [{ skill: 'en' }, { not: { skill: 'tax' } }] },
];

const at = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];

/** The event that a step means now; undefined: only time passes. */
export function eventOf(step: Step, shadow: Shadow, nowMs: number, version: number): EngineEvent | undefined {
  const { a, b, c } = step;
  const contacts = [...shadow.contacts.values()].filter((contact) => contact.ended === 0);
  const handled = contacts.filter((contact) => contact.state === 'handling');
  const queued = contacts.filter((contact) => contact.state !== 'handling');
  const agentId = at(AGENT_IDS, a)!;
  const otherId = at(AGENT_IDS, b)!;
  const anyContact = at(contacts, b)?.id ?? 'nobody';
  const queuedId = at(queued, b)?.id ?? 'nobody';
  const mine = at(handled, a);
  const open = [...shadow.offers.keys()];
  const offerId = c % 10 === 0 ? (at(shadow.pastOffers, a) ?? 'o0') : (at(open, a) ?? 'o999999');
  const queueId = at(QUEUE_IDS, c)!;
  switch (step.kind) {
    case 0:
    case 1:
    case 2:
    case 3: {
      const preferred =
        c % 5 === 0
          ? { agentIds: [agentId, otherId], waitMs: 5_000 + (b % 3) * 10_000, ignoreSkills: c % 2 === 0 }
          : undefined;
      return {
        type: 'contact-enqueued',
        contactId: c % 23 === 0 ? anyContact : `c${shadow.contacts.size}`,
        queueId: at(QUEUE_IDS, a)!,
        ...(b % 7 === 0 ? { alsoQueues: [at(QUEUE_IDS, b)!] } : {}),
        channel: at(CHANNELS, a + b * 3)!,
        priority: b % 4,
        ...(REQUIREMENTS[b % 7] ? { requirement: REQUIREMENTS[b % 7]! } : {}),
        ...(c % 4 === 0 ? { segment: c % 8 === 0 ? 'gold' : 'silver' } : {}),
        customer: `tel:${c % 7}`,
        ...(preferred ? { preferred } : {}),
        ...(c % 6 === 0 ? { firstEnqueuedMs: nowMs - b * 1_000 } : {}),
      };
    }
    case 4:
    case 5:
      return {
        type: 'agent-signed-in',
        agentId,
        status: c % 4 === 0 ? 'break' : 'available',
        ...(b % 5 === 0 ? { skills: { en: 1 + (c % 5) } } : {}),
      };
    case 6:
      if (c % 4 === 0) return { type: 'agent-signed-out', agentId };
      if (c % 4 === 1) return { type: 'agent-lost', agentId, contacts: b % 2 ? 'requeue' : 'end' };
      return { type: 'agent-drained', agentId, on: c % 4 === 2 };
    case 7:
    case 8:
      return {
        type: 'agent-status-changed',
        agentId,
        status: c % 3 === 0 ? (b % 4 === 0 ? 'offline' : 'break') : 'available',
        ...(b % 3 === 0 ? { reason: b % 6 === 0 ? 'lunch' : 'nonsense' } : {}),
      };
    case 9:
    case 10:
    case 11:
    case 12:
      return { type: 'offer-accepted', offerId };
    case 13:
      if (b % 3 === 0) return { type: 'offer-declined', offerId };
      if (b % 3 === 1)
        return {
          type: 'offer-failed',
          offerId,
          why: (['no-answer', 'busy', 'unregistered', 'failed'] as const)[c % 4]!,
        };
      return { type: 'offer-withdrawn', offerId };
    case 14:
    case 15:
      return {
        type: 'assignment-ended',
        contactId: mine?.id ?? anyContact,
        agentId: mine?.agentId ?? agentId,
        ...(c % 5 === 0 ? { then: 'requeue' as const } : {}),
      };
    case 16: {
      const [contactId, inWrapUp] = at(shadow.wrapUps, b) ?? [anyContact, agentId];
      if (c % 2) return { type: 'wrap-up-ended', contactId, agentId: inWrapUp };
      return { type: 'wrap-up-extended', contactId, agentId: inWrapUp, byMs: 1 + c * 500 };
    }
    case 17:
      return c % 3 === 0
        ? { type: 'contact-abandoned', contactId: anyContact }
        : { type: 'contact-abandoned', contactId: queuedId };
    case 18:
      if (c % 3 === 0) return { type: 'contact-moved', contactId: queuedId, queueId: at(QUEUE_IDS, a)! };
      if (c % 3 === 1) return { type: 'contact-reprioritised', contactId: queuedId, priority: b % 40 };
      return { type: 'contact-withdrawn', contactId: anyContact, ...(b % 2 ? { outcome: 'voicemail' as const } : {}) };
    case 19: {
      if (c % 2) return { type: 'contact-assigned', contactId: queuedId, agentId };
      const resting = [...shadow.agents.values()].filter(
        (agent) => agent.pausedUntilMs > nowMs && agent.status === 'available',
      );
      return { type: 'contact-pulled', contactId: queuedId, agentId: at(resting, a)?.id ?? agentId };
    }
    case 20:
      return c % 2
        ? {
            type: 'transferred-to-queue',
            contactId: mine?.id ?? anyContact,
            agentId: mine?.agentId ?? agentId,
            queueId,
            ...(REQUIREMENTS[b % 7] ? { requirement: REQUIREMENTS[b % 7]! } : {}),
          }
        : {
            type: 'transferred-to-agent',
            contactId: mine?.id ?? anyContact,
            agentId: mine?.agentId ?? agentId,
            toAgentId: otherId,
            attended: c % 4 === 0,
            waitMs: (c % 5) * 3_000,
          };
    case 21:
      return {
        type: 'callback-accepted',
        contactId: queuedId,
        number: `n${c % 3}`,
        mode: a % 2 ? 'agent-first' : 'customer-first',
        ...(c % 4 === 0 ? { dueMs: nowMs + b * 1_000 } : {}),
      };
    case 22:
      return {
        type: 'callback-attempted',
        contactId:
          at(
            contacts.filter((contact) => contact.state === 'away'),
            a,
          )?.id ?? anyContact,
        result: (['answered', 'answered', 'busy', 'no-answer'] as const)[c % 4]!,
      };
    case 23:
      if (c % 3 === 0)
        return {
          type: 'agent-forced',
          agentId,
          to: (['available', 'break', 'offline'] as const)[b % 3]!,
          assignments: (['keep', 'end', 'requeue'] as const)[a % 3]!,
        };
      return {
        type: 'agent-changed',
        agentId,
        skills: { en: 1 + (b % 5), tax: 1 + (c % 3) },
        ...(b % 4 === 0 ? { queues: [{ queueId: at(QUEUE_IDS, c % 3)!, reserve: a % 3 === 0 }] } : {}),
      };
    case 24:
      if (c % 3 !== 0) return undefined;
      return {
        type: 'configuration-changed',
        configuration: configurationOf(a * 1000 + b, version, b % 2 === 0),
        ...(c % 2 === 0
          ? { removed: { night: b % 4 === 1 ? { to: 'queue', queueId: 'sales' } : { to: 'voicemail' } } }
          : {}),
      };
    default:
      return undefined;
  }
}

/** How far time goes before a step, ms. */
export function pauseBefore(step: Step): number {
  if (step.kind > 24) return step.a * 700;
  return step.b % 3 === 0 ? 0 : step.c * 40;
}
