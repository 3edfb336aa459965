import { CHANNEL_CLASSES, type ChannelClass, type Requirement } from '../configuration.ts';
import { OrderedReadySet } from '../matching/ready-set.ts';
import type { Agent, AgentClass, Need, NeedList, Pool, Queue } from '../model.ts';
import { WaitingLine } from '../order/waiting-line.ts';
import type { World } from '../world.ts';
import { fitOf } from './fit.ts';
import { groupPoolKey, poolOf, queuePoolKey } from './pools.ts';
import { skillsAskedFor } from './requirement.ts';

/** Needs that nobody waits with are kept, so that the next such contact finds its matches ready; the oldest go first. */
const IDLE_NEEDS_MOST = 20_000;

/** The need of these conditions. Matched against every class of its pools when it is new, and remembered. */
export function needOf(
  world: World,
  channelClass: ChannelClass,
  queues: readonly Queue[],
  groups: readonly string[],
  requirement: Requirement | undefined,
): Need {
  const key = keyOf(channelClass, queues, groups, requirement);
  const known = world.needs.get(key);
  if (known) return known;
  const pools = new Set<Pool>(queues.map((queue) => queue.pool));
  for (const group of groups) pools.add(poolOf(world, groupPoolKey(group)));
  const need: Need = {
    key,
    class: channelClass,
    queues,
    groups,
    requirement,
    skills: skillsAskedFor(requirement),
    pools: [...pools],
    fits: new Map(),
    live: 0,
    users: 0,
    line: new WaitingLine(world.heads),
  };
  world.needs.set(key, need);
  world.idleNeeds.add(need);
  for (const pool of need.pools) {
    pool.needs.add(need);
    for (const agents of pool.classes) connect(need, agents);
  }
  return need;
}

function keyOf(
  channelClass: ChannelClass,
  queues: readonly Queue[],
  groups: readonly string[],
  requirement: Requirement | undefined,
): string {
  const asked =
    requirement === undefined
      ? ''
      : 'skill' in requirement
        ? `${requirement.min ?? 1}${requirement.skill}`
        : JSON.stringify(requirement);
  const home = queues[0]!.id;
  if (queues.length === 1 && groups.length === 0) return `${channelClass}\u0001${home}\u0001${asked}`;
  return JSON.stringify([channelClass, queues.map((queue) => queue.id), groups, asked]);
}

function connect(need: Need, agents: AgentClass): void {
  if (need.fits.has(agents)) return;
  const fit = fitOf(need, agents);
  if (!fit) return;
  need.fits.set(agents, fit);
  need.live += agents.live;
  const list = agents.needs[need.class];
  list.needs.push(need);
  list.slots.push(need.line.slot);
}

/** A contact begins to refer to a need. */
export function keepNeed(world: World, need: Need): void {
  if (need.users++ === 0) world.idleNeeds.delete(need);
}

/** A contact no longer refers to it. */
export function releaseNeed(world: World, need: Need): void {
  if (--need.users > 0) return;
  world.idleNeeds.add(need);
  if (world.idleNeeds.size <= IDLE_NEEDS_MOST) return;
  for (const oldest of world.idleNeeds) {
    dropNeed(world, oldest);
    break;
  }
}

function dropNeed(world: World, need: Need): void {
  world.idleNeeds.delete(need);
  world.needs.delete(need.key);
  for (const pool of need.pools) pool.needs.delete(need);
  for (const agents of need.fits.keys()) {
    const list = agents.needs[need.class];
    const index = list.needs.indexOf(need);
    list.needs.splice(index, 1);
    list.slots.splice(index, 1);
  }
  world.heads.release(need.line.slot);
}

function classKey(agent: Agent): string {
  const skills = Object.entries(agent.skills).sort(([a], [b]) => (a < b ? -1 : 1));
  const members = agent.memberships
    .map(({ queueId, tier, reserve }) => [queueId, tier ?? 1, reserve ?? false])
    .sort(([a], [b]) => (a! < b! ? -1 : 1));
  return JSON.stringify([skills, members, [...agent.groups].sort(), agent.capacity]);
}

const noNeeds = (): NeedList => ({ needs: [], slots: [] });

/** Puts the agent into the class of those like it. New classes are matched against the needs of their pools. */
export function joinClass(world: World, agent: Agent): void {
  const key = classKey(agent);
  let agents = world.classes.get(key);
  if (!agents) {
    const keys = new Set([
      ...agent.memberships.map(({ queueId }) => queuePoolKey(queueId)),
      ...agent.groups.map(groupPoolKey),
    ]);
    agents = {
      key,
      skills: agent.skills,
      members: new Map(
        agent.memberships.map(({ queueId, tier, reserve }) => [
          queueId,
          { tier: tier ?? 1, reserve: reserve ?? false },
        ]),
      ),
      groups: agent.groups,
      capacity: agent.capacity,
      pools: [...keys].map((poolKey) => poolOf(world, poolKey)),
      live: 0,
      agents: 0,
      needs: { voice: noNeeds(), chat: noNeeds(), email: noNeeds() },
      ready: { voice: new OrderedReadySet(), chat: new OrderedReadySet(), email: new OrderedReadySet() },
    };
    world.classes.set(key, agents);
    for (const pool of agents.pools) {
      pool.classes.add(agents);
      for (const need of pool.needs) connect(need, agents);
    }
  }
  agents.agents++;
  agent.class = agents;
}

/** Takes the agent out; an empty class is forgotten. The agent must be neither ready nor counted as live. */
export function leaveClass(world: World, agent: Agent): void {
  const agents = agent.class;
  if (!agents) return;
  agent.class = undefined;
  if (--agents.agents > 0) return;
  world.classes.delete(agents.key);
  for (const pool of agents.pools) pool.classes.delete(agents);
  for (const name of CHANNEL_CLASSES) for (const need of agents.needs[name].needs) need.fits.delete(agents);
}

/** Counts an agent in (+1) or out (−1) wherever "somebody signed in could take it" is asked. Needs that lose their last are noted. */
export function countLive(world: World, agent: Agent, by: 1 | -1): void {
  const agents = agent.class!;
  agents.live += by;
  for (const membership of agent.memberships) {
    const queue = world.queues.get(membership.queueId);
    if (queue) queue.live += by;
  }
  for (const name of CHANNEL_CLASSES) {
    for (const need of agents.needs[name].needs) {
      need.live += by;
      if (need.live === 0 && need.users > 0) world.stranded.add(need);
    }
  }
}
