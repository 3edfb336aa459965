import { isHeld, preferredMayTake } from '../contacts/place.ts';
import { isPaused } from '../matching/readiness.ts';
import type { Agent, Contact } from '../model.ts';
import { fitHolds } from '../needs/fit.ts';
import { firstMissing, satisfies } from '../needs/requirement.ts';
import type { ReasonAgainst } from '../state.ts';
import type { World } from '../world.ts';

/** The first reason why this agent does not take this contact now; `none` when they could. */
export function reasonAgainst(
  world: World,
  contact: Contact,
  agent: Agent,
): { readonly reason: ReasonAgainst; readonly detail?: string } {
  const personal = personalReason(agent);
  if (personal) return { reason: personal };
  if (agent.capacity.slots[contact.class] === 0) return { reason: 'channel-not-handled', detail: contact.class };
  const held = isHeld(world, contact);
  const preferred = held && contact.preferred!.agentIds.includes(agent.id);
  if (!preferred || !preferredMayTake(contact, agent)) {
    const unfit = unfitReason(contact, agent);
    if (unfit) return unfit;
    if (held && !preferred)
      return { reason: 'held-for-preferred-agent', detail: contact.preferred!.agentIds.join(', ') };
  }
  if (isPaused(agent)) return { reason: 'paused-after-refusal' };
  const full = fullReason(agent, contact.class);
  return full ?? { reason: 'none' };
}

/** Reasons that hold for every contact. */
export function personalReason(agent: Agent): ReasonAgainst | undefined {
  if (!agent.signedIn) return 'signed-out';
  if (agent.status === 'offline') return 'offline';
  if (agent.status === 'break') return 'on-break';
  if (agent.draining) return 'draining';
  return undefined;
}

function unfitReason(contact: Contact, agent: Agent): { reason: ReasonAgainst; detail?: string } | undefined {
  const need = contact.need;
  const agents = agent.class;
  if (!need || !agents) return { reason: 'not-in-queue' };
  const fit = need.fits.get(agents);
  if (fit) return fitHolds(need, agents, fit) ? undefined : { reason: 'reserve-not-called' };
  const member =
    need.queues.some((queue) => agents.members.has(queue.id)) ||
    need.groups.some((group) => agents.groups.includes(group));
  if (!member) return { reason: 'not-in-queue', detail: need.queues.map((queue) => queue.id).join(', ') };
  if (!satisfies(agents.skills, need.requirement)) {
    const detail = firstMissing(agents.skills, need.requirement);
    return { reason: 'skills', ...(detail === undefined ? {} : { detail }) };
  }
  return { reason: 'not-in-queue' };
}

/** Reasons of room in one channel class. */
export function fullReason(
  agent: Agent,
  channelClass: Contact['class'],
): { reason: ReasonAgainst; detail?: string } | undefined {
  if (agent.used[channelClass] >= agent.capacity.slots[channelClass]) {
    return {
      reason: 'capacity-full',
      detail: `${agent.used[channelClass]}/${agent.capacity.slots[channelClass]} ${channelClass}`,
    };
  }
  const blocker = agent.capacity.blockedBy[channelClass].find((other) => agent.used[other] > 0);
  return blocker ? { reason: 'blocked-by-other-channel', detail: blocker } : undefined;
}
