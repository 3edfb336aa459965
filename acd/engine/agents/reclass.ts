import { clearReady } from '../matching/readiness.ts';
import type { Agent } from '../model.ts';
import { countLive, joinClass, leaveClass } from '../needs/need-index.ts';
import type { World } from '../world.ts';
import { refreshAgent, releaseHeld } from './presence.ts';

/** Moves an agent to the class of its new skills, queues, groups or capacity. */
export function reclass(world: World, agent: Agent, change: () => void): void {
  if (agent.live) countLive(world, agent, -1);
  const wasLive = agent.live;
  agent.live = false;
  clearReady(agent);
  leaveClass(world, agent);
  change();
  joinClass(world, agent);
  if (wasLive) {
    agent.live = true;
    countLive(world, agent, 1);
  }
  refreshAgent(world, agent);
  releaseHeld(world, agent.id);
}
