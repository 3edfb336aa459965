import { CHANNEL_CLASSES, type ChannelClass } from '../configuration.ts';
import type { Agent } from '../model.ts';
import type { World } from '../world.ts';

/** Signed in, chosen available, not at shift end. */
export function takesWork(agent: Agent): boolean {
  return agent.signedIn && agent.status === 'available' && !agent.draining;
}

/** A slot of this class is free and nothing the agent does holds the class back. */
export function hasRoom(agent: Agent, channelClass: ChannelClass): boolean {
  if (agent.used[channelClass] >= agent.capacity.slots[channelClass]) return false;
  for (const other of agent.capacity.blockedBy[channelClass]) if (agent.used[other] > 0) return false;
  return true;
}

export function isPaused(agent: Agent): boolean {
  return agent.pauseTimer !== undefined;
}

/**
 * Brings the indexes up to date after anything about an agent has changed: where it is ready, and its place in every ordering.
 * Who has become ready is noted for matching.
 */
export function refreshReady(world: World, agent: Agent): void {
  agent.stamp++;
  const open = takesWork(agent) && !isPaused(agent);
  for (const name of CHANNEL_CLASSES) {
    const now = open && hasRoom(agent, name);
    const agents = agent.class;
    if (!agents) continue;
    const set = agents.ready[name];
    if (now) {
      if (!agent.ready[name]) {
        agent.fresh[name] = true;
        world.freed.add(agent);
      }
      if (set.agents.size === 0) for (const pool of agents.pools) pool.ready[name].add(agents);
      set.put(agent);
    } else if (agent.ready[name]) {
      set.remove(agent);
      if (set.agents.size === 0) for (const pool of agents.pools) pool.ready[name].delete(agents);
    }
    agent.ready[name] = now;
  }
}

/** Takes the agent out of every index, before its class changes. */
export function clearReady(agent: Agent): void {
  agent.stamp++;
  for (const name of CHANNEL_CLASSES) {
    if (!agent.ready[name]) continue;
    agent.ready[name] = false;
    const agents = agent.class!;
    agents.ready[name].remove(agent);
    if (agents.ready[name].agents.size === 0) for (const pool of agents.pools) pool.ready[name].delete(agents);
  }
}

/** The agent was looked at: whatever it could take and waits is offered. */
export function settled(agent: Agent): void {
  for (const name of CHANNEL_CLASSES) agent.fresh[name] = false;
}
