import { CHANNEL_CLASSES, type ChannelClass } from '../configuration.ts';
import type { Agent, AgentClass } from '../model.ts';
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
 * Works out anew where the agent is ready, after anything about it has changed. Who has become ready is noted for matching and is
 * listed only when it has been looked at: most who become free are given the next contact at once.
 */
export function refreshReady(world: World, agent: Agent): void {
  agent.stamp++;
  const agents = agent.class;
  if (!agents) return;
  const open = takesWork(agent) && !isPaused(agent);
  for (const name of CHANNEL_CLASSES) {
    const now = open && hasRoom(agent, name);
    if (now && !agent.ready[name]) {
      agent.fresh[name] = true;
      world.freed.add(agent);
    }
    agent.ready[name] = now;
    if (!agent.listed[name]) continue;
    if (now) agents.ready[name].put(agent);
    else unlist(agent, agents, name);
  }
}

/** Puts the agent wherever it is ready, so that it is found by others than itself. */
export function list(agent: Agent): void {
  const agents = agent.class;
  if (!agents) return;
  for (const name of CHANNEL_CLASSES) {
    if (!agent.ready[name] || agent.listed[name]) continue;
    agent.listed[name] = true;
    const set = agents.ready[name];
    if (set.agents.size === 0) for (const pool of agents.pools) pool.ready[name].add(agents);
    set.put(agent);
  }
}

function unlist(agent: Agent, agents: AgentClass, name: ChannelClass): void {
  agent.listed[name] = false;
  const set = agents.ready[name];
  set.remove(agent);
  if (set.agents.size === 0) for (const pool of agents.pools) pool.ready[name].delete(agents);
}

/** Takes the agent out of every list, before its class changes. */
export function clearReady(agent: Agent): void {
  agent.stamp++;
  for (const name of CHANNEL_CLASSES) {
    agent.ready[name] = false;
    if (agent.listed[name]) unlist(agent, agent.class!, name);
  }
}

/** The agent was looked at: whatever it could take and waits is offered. */
export function settled(agent: Agent): void {
  for (const name of CHANNEL_CLASSES) agent.fresh[name] = false;
  list(agent);
}
