import type { ChannelClass, Effect, Requirement } from '../index.ts';
import { CLASS_OF_CHANNEL } from '../index.ts';
import type { Shadow, ShadowAgent, ShadowContact } from './shadow.ts';

function meets(skills: Readonly<Record<string, number>>, requirement: Requirement | undefined): boolean {
  if (!requirement) return true;
  if ('skill' in requirement) return (skills[requirement.skill] ?? 0) >= (requirement.min ?? 1);
  if ('and' in requirement) return requirement.and.every((part) => meets(skills, part));
  if ('or' in requirement) return requirement.or.some((part) => meets(skills, part));
  return !meets(skills, requirement.not);
}

function free(agent: ShadowAgent, channelClass: ChannelClass): boolean {
  const { slots, blockedBy } = agent.capacity;
  return (
    agent.used[channelClass] < slots[channelClass] && blockedBy[channelClass].every((other) => agent.used[other] === 0)
  );
}

function works(agent: ShadowAgent): boolean {
  return agent.signedIn && agent.status === 'available' && !agent.draining;
}

/** Queue or group membership, reserve called in, skills. */
function qualifies(shadow: Shadow, contact: ShadowContact, agent: ShadowAgent, evenInReserve = false): boolean {
  if (agent.capacity.slots[CLASS_OF_CHANNEL[contact.channel]] === 0) return false;
  const known = [contact.queueId, ...contact.also].filter((id) => shadow.queue(id));
  const member =
    contact.groups.some((group) => agent.groups.includes(group)) ||
    agent.queues.some(
      (entry) =>
        known.includes(entry.queueId) && (evenInReserve || !entry.reserve || shadow.reserve.has(entry.queueId)),
    );
  return member && meets(agent.skills, contact.requirement);
}

/** Whether contact is kept for preferred agents who are here and could take it. */
function heldFor(shadow: Shadow, contact: ShadowContact, nowMs: number, edge: boolean): readonly string[] | undefined {
  const preferred = contact.preferred;
  if (!preferred || (edge ? nowMs > preferred.untilMs : nowMs >= preferred.untilMs)) return undefined;
  const here = preferred.agentIds.some((id) => {
    const agent = shadow.agents.get(id);
    if (!agent?.signedIn || agent.status === 'offline' || agent.draining) return false;
    if (preferred.ignoreSkills) return agent.capacity.slots[CLASS_OF_CHANNEL[contact.channel]] > 0;
    return qualifies(shadow, contact, agent, true);
  });
  return here ? preferred.agentIds : undefined;
}

function mayTake(shadow: Shadow, contact: ShadowContact, agent: ShadowAgent, nowMs: number, edge = false): boolean {
  const held = heldFor(shadow, contact, nowMs, edge);
  if (!held) return qualifies(shadow, contact, agent);
  if (!held.includes(agent.id)) return false;
  return contact.preferred!.ignoreSkills
    ? agent.capacity.slots[CLASS_OF_CHANNEL[contact.channel]] > 0
    : qualifies(shadow, contact, agent, true);
}

function score(shadow: Shadow, contact: ShadowContact, nowMs: number): number {
  const queue = shadow.queue(contact.queueId);
  const segment = contact.segment === undefined ? undefined : shadow.configuration.segments?.[contact.segment];
  const ageing = segment?.ageing ?? queue?.ageing ?? { pointsPerMinute: 1 };
  const base =
    contact.priority +
    contact.raised +
    (queue?.priority ?? 0) +
    (segment?.priority ?? 0) +
    (shadow.configuration.channelPriority?.[contact.channel] ?? 0);
  const gained = ageing.pointsPerMinute * (nowMs - contact.firstMs);
  const cap = ageing.cap === undefined ? Number.POSITIVE_INFINITY : ageing.cap * 60_000;
  return base * 60_000 + Math.min(gained, cap);
}

function waits(contact: ShadowContact): boolean {
  return (
    contact.state === 'waiting' &&
    contact.offers.size === 0 &&
    contact.ended === 0 &&
    contact.joins === contact.leaves + 1
  );
}

/** Law 1 and 3, looked at when an offer is made and before it is booked. `late`: times passed unseen, so order is not judged. */
export function checkOffer(
  shadow: Shadow,
  effect: Extract<Effect, { type: 'offer' }>,
  nowMs: number,
  late: boolean,
): string | undefined {
  const contact = shadow.contacts.get(effect.contactId);
  const agent = shadow.agents.get(effect.agentId);
  if (!contact || !agent) return `offer for somebody unknown: ${effect.offerId}`;
  const slots = CLASS_OF_CHANNEL[contact.channel];
  if (!works(agent)) return `law 1: ${agent.id} was offered ${contact.id} while not available`;
  if (!free(agent, slots)) return `law 1: ${agent.id} was offered ${contact.id} above capacity`;
  if (contact.ended > 0) return `law 4: ${contact.id} was offered after its end`;
  if (effect.attended)
    return contact.state === 'handling' ? undefined : `attended offer of ${contact.id}, which nobody has`;
  if (contact.state !== 'waiting') return `law 1: ${contact.id} was offered while ${contact.state}`;
  if (effect.origin === 'assigned' || (late && effect.origin !== 'routed')) return undefined;
  if (!mayTake(shadow, contact, agent, nowMs) && !mayTake(shadow, contact, agent, nowMs, true)) {
    return `law 1: ${agent.id} is not eligible for ${contact.id}`;
  }
  if (effect.origin === 'pulled') return undefined;
  if (agent.pausedUntilMs > nowMs) return `law 1: ${agent.id} was offered ${contact.id} in the pause after a refusal`;
  if (late) return undefined;
  const mine = score(shadow, contact, nowMs);
  for (const other of shadow.contacts.values()) {
    if (other === contact || !waits(other) || !free(agent, CLASS_OF_CHANNEL[other.channel])) continue;
    if (!mayTake(shadow, other, agent, nowMs) || !mayTake(shadow, other, agent, nowMs, true)) continue;
    const theirs = score(shadow, other, nowMs);
    const first =
      theirs !== mine
        ? theirs > mine
        : other.firstMs !== contact.firstMs
          ? other.firstMs < contact.firstMs
          : other.order < contact.order;
    if (first) return `law 3: ${agent.id} was offered ${contact.id} before ${other.id}`;
  }
  return undefined;
}

const AFTER_THE_END = ['wrap-up-started', 'wrap-up-changed', 'wrap-up-ended'];

/** Law 1 and 4 for the other effects, before they are booked. */
export function checkEffect(shadow: Shadow, effect: Effect): string | undefined {
  if ('contactId' in effect && effect.type !== 'contact-ended' && shadow.contacts.get(effect.contactId)?.ended) {
    const wrapUp = AFTER_THE_END.includes(effect.type) || ('kind' in effect && effect.kind === 'wrap-up');
    if (!wrapUp) return `law 4: ${effect.type} of ${effect.contactId} after its end`;
  }
  if (effect.type === 'assign') {
    const contact = shadow.contacts.get(effect.contactId)!;
    if (contact.agentId !== undefined) return `law 1: ${contact.id} was accepted twice`;
  }
  if (effect.type === 'contact-ended') {
    const contact = shadow.contacts.get(effect.contactId)!;
    if (contact.ended > 0) return `law 4: ${contact.id} ended twice`;
    if (contact.joins !== contact.leaves)
      return `law 4: ${contact.id} entered ${contact.joins} and left ${contact.leaves} times`;
    if (contact.openSegment) return `law 4: ${contact.id} ended within a segment`;
    if (effect.outcome !== contact.lastOutcome)
      return `law 4: ${contact.id} ended as ${effect.outcome}, left as ${contact.lastOutcome}`;
    if (contact.segmentsMs !== effect.spanMs)
      return `law 4: segments of ${contact.id} are ${contact.segmentsMs} ms of ${effect.spanMs}`;
  }
  return undefined;
}

/** Law 1 (capacity), law 2 and law 6 (offers), when the engine has answered. */
export function checkRest(shadow: Shadow, nowMs: number, timesAreSeen: boolean): string | undefined {
  for (const agent of shadow.agents.values()) {
    for (const [name, used] of Object.entries(agent.used))
      if (used < 0) return `${agent.id} has ${used} ${name} slots in use`;
  }
  for (const [id, offer] of shadow.offers) {
    const contact = shadow.contacts.get(offer.contactId)!;
    if (contact.state === 'handling' && !offer.attended)
      return `law 1: ${id} still rings for ${contact.id}, who is served`;
    if (timesAreSeen && offer.expiresMs <= nowMs) return `law 6: ${id} has expired and still rings`;
  }
  if (!timesAreSeen) return undefined;
  for (const contact of shadow.contacts.values()) {
    if (!waits(contact)) continue;
    for (const agent of shadow.agents.values()) {
      if (!works(agent) || agent.pausedUntilMs > nowMs || !free(agent, CLASS_OF_CHANNEL[contact.channel])) continue;
      if (mayTake(shadow, contact, agent, nowMs)) return `law 2: ${contact.id} waits while ${agent.id} is free`;
    }
  }
  return undefined;
}

/** A preferred agent for whom nobody could wait any more is given up for good. */
export function forgetPreferred(shadow: Shadow, nowMs: number): void {
  for (const contact of shadow.contacts.values()) {
    if (contact.preferred && waits(contact) && !heldFor(shadow, contact, nowMs, false)) contact.preferred = undefined;
  }
}
