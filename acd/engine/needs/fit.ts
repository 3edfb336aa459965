import type { AgentClass, Fit, Need } from '../model.ts';
import { satisfies } from './requirement.ts';

/** Tier of agents who are not members of the contact's own queue: after all who are. */
const TIER_OF_OTHERS = 101;

const FITS = new Map<number, Fit>();

/** There are few different fits; they are shared, because there is one for every need and class. */
function sharedFit(reserve: boolean, tier: number): Fit {
  const key = tier * 2 + (reserve ? 1 : 0);
  let fit = FITS.get(key);
  if (!fit) {
    fit = { reserve, tier };
    FITS.set(key, fit);
  }
  return fit;
}

/** Whether, and how, agents of a class could ever take contacts of a need. */
export function fitOf(need: Need, agents: AgentClass): Fit | undefined {
  if (agents.capacity.slots[need.class] === 0 || !satisfies(agents.skills, need.requirement)) return undefined;
  let direct = need.groups.length > 0 && need.groups.some((group) => agents.groups.includes(group));
  let reserve = false;
  for (const queue of need.queues) {
    const member = agents.members.get(queue.id);
    if (!member) continue;
    if (member.reserve) reserve = true;
    else direct = true;
  }
  if (!direct && !reserve) return undefined;
  const home = agents.members.get(need.queues[0]!.id);
  return sharedFit(!direct, home ? home.tier : TIER_OF_OTHERS);
}

/** A fit through reserve membership holds only while one of those queues has called its reserve in. */
export function fitHolds(need: Need, agents: AgentClass, fit: Fit): boolean {
  if (!fit.reserve) return true;
  for (const queue of need.queues) if (queue.reserveOn && agents.members.has(queue.id)) return true;
  return false;
}
