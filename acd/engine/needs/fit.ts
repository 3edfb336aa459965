import type { AgentClass, Fit, Need } from '../model.ts';
import { satisfies } from './requirement.ts';

/** Tier of agents who are not members of the contact's own queue: after all who are. */
const TIER_OF_OTHERS = 101;

/** Whether, and how, agents of a class could ever take contacts of a need. */
export function fitOf(need: Need, agents: AgentClass): Fit | undefined {
  if (agents.capacity.slots[need.class] === 0) return undefined;
  let direct = need.groups.some((group) => agents.groups.includes(group));
  let reserve = false;
  for (const queue of need.queues) {
    const member = agents.members.get(queue.id);
    if (!member) continue;
    if (member.reserve) reserve = true;
    else direct = true;
  }
  if (!direct && !reserve) return undefined;
  if (!satisfies(agents.skills, need.requirement)) return undefined;
  const home = agents.members.get(need.queues[0]!.id);
  return { reserve: !direct, tier: home ? home.tier : TIER_OF_OTHERS };
}

/** A fit through reserve membership holds only while one of those queues has called its reserve in. */
export function fitHolds(need: Need, agents: AgentClass, fit: Fit): boolean {
  if (!fit.reserve) return true;
  for (const queue of need.queues) if (queue.reserveOn && agents.members.has(queue.id)) return true;
  return false;
}
