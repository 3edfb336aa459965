import { CHANNEL_CLASSES, type ChannelClass } from '../configuration.ts';
import { isHeld } from '../contacts/place.ts';
import { isPaused } from '../matching/readiness.ts';
import type { Agent, Contact } from '../model.ts';
import { scoreAt, UNITS_PER_POINT } from '../order/score.ts';
import { type AgentExplanation, type ContactExplanation, REASONS_AGAINST, type ReasonAgainst } from '../state.ts';
import type { World } from '../world.ts';
import { fullReason, personalReason, reasonAgainst } from './against.ts';

const AHEAD_MOST = 10;
const AGENTS_MOST = 200;
const COULD_TAKE_MOST = 10;
const CONTACTS_MOST = 1_000;

/** Why it is still waiting, who could take it, and what stands ahead. Looks at every signed-in agent. */
export function explainContact(world: World, contact: Contact, nowMs: number): ContactExplanation {
  const agents: ContactExplanation['agents'][number][] = [];
  let couldTake = 0;
  let signedIn = 0;
  for (const agent of world.agents.values()) {
    if (!agent.signedIn) continue;
    signedIn++;
    const { reason, detail } = reasonAgainst(world, contact, agent);
    if (reason === 'none') couldTake++;
    agents.push({ agentId: agent.id, reason, ...(detail === undefined ? {} : { detail }) });
  }
  agents.sort((a, b) => REASONS_AGAINST.indexOf(b.reason) - REASONS_AGAINST.indexOf(a.reason));
  const next = contact.queue.settings.relaxation[contact.step];
  const nextMs = contact.timers?.step?.atMs;
  const before = contact.inLine ? contact.queue.line.countBefore(contact, nowMs) : 0;
  return {
    contactId: contact.id,
    state: contact.state,
    ...(contact.inLine ? { position: before + 1 } : {}),
    score: scoreAt(contact, nowMs) / UNITS_PER_POINT,
    ahead: contact.queue.line.head(Math.min(AHEAD_MOST, before), nowMs).map((other) => ({
      contactId: other.id,
      score: scoreAt(other, nowMs) / UNITS_PER_POINT,
      firstEnqueuedMs: other.firstEnqueuedMs,
    })),
    step: {
      current: contact.step,
      ...(next ? { next: next.action } : {}),
      ...(nextMs === undefined ? {} : { nextMs }),
    },
    ...(isHeld(world, contact) ? { preferredUntilMs: contact.preferredUntilMs } : {}),
    agents: agents.slice(0, AGENTS_MOST),
    couldTake,
    signedIn,
  };
}

/** Why nothing comes to this agent: a reason of their own per channel class, and what passes them over in their queues. */
export function explainAgent(world: World, agent: Agent, nowMs: number): AgentExplanation {
  const passedOver: Partial<Record<ReasonAgainst, number>> = {};
  const queues: { queueId: string; waiting: number }[] = [];
  const takeable = new Set<ChannelClass>();
  const couldTake: { contactId: string; score: number }[] = [];
  for (const { queueId } of agent.memberships) {
    const queue = world.queues.get(queueId);
    if (!queue) continue;
    queues.push({ queueId, waiting: queue.line.size - queue.offered });
    for (const contact of queue.line.head(CONTACTS_MOST, nowMs)) {
      if (contact.state === 'offered') continue;
      const { reason } = reasonAgainst(world, contact, agent);
      if (reason === 'none') {
        takeable.add(contact.class);
        couldTake.push({ contactId: contact.id, score: scoreAt(contact, nowMs) / UNITS_PER_POINT });
      } else passedOver[reason] = (passedOver[reason] ?? 0) + 1;
    }
  }
  const classes = {} as Record<ChannelClass, AgentExplanation['classes'][ChannelClass]>;
  for (const name of CHANNEL_CLASSES) classes[name] = classReason(agent, name, takeable.has(name));
  couldTake.sort((a, b) => b.score - a.score);
  return { agentId: agent.id, classes, passedOver, queues, couldTake: couldTake.slice(0, COULD_TAKE_MOST) };
}

function classReason(
  agent: Agent,
  name: ChannelClass,
  somethingWaits: boolean,
): AgentExplanation['classes'][ChannelClass] {
  const personal = personalReason(agent);
  if (personal) return { reason: personal };
  if (agent.capacity.slots[name] === 0) return { reason: 'channel-not-handled' };
  if (isPaused(agent)) return { reason: 'paused-after-refusal', untilMs: agent.pausedUntilMs };
  const full = fullReason(agent, name);
  if (full) {
    const ends = agent.work.map((work) => work.endsMs).filter((endsMs) => endsMs > 0);
    return { reason: full.reason, ...(ends.length > 0 ? { untilMs: Math.min(...ends) } : {}) };
  }
  return { reason: somethingWaits ? 'none' : 'nothing-waiting' };
}
