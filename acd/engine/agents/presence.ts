import { place, unplace } from '../contacts/place.ts';
import { clearReady, refreshReady } from '../matching/readiness.ts';
import type { Agent } from '../model.ts';
import { countLive, leaveClass } from '../needs/need-index.ts';
import { stopTimer, type World } from '../world.ts';
import { settleIdle } from './records.ts';

/** Counts the agent as somebody who could take contacts, now or after a break, or no longer. */
export function refreshLive(world: World, agent: Agent): void {
  const live = agent.signedIn && agent.status !== 'offline' && !agent.draining;
  if (live === agent.live) return;
  agent.live = live;
  countLive(world, agent, live ? 1 : -1);
  if (!live) releaseHeld(world, agent.id);
}

/** Contacts that were held for this agent look around anew. */
export function releaseHeld(world: World, agentId: string): void {
  const held = world.held.get(agentId);
  if (!held) return;
  for (const contact of [...held].sort((a, b) => a.order - b.order)) {
    unplace(world, contact);
    place(world, contact);
  }
}

/** Everything that follows from a changed status, drain or sign-in. */
export function refreshAgent(world: World, agent: Agent): void {
  refreshLive(world, agent);
  refreshReady(world, agent);
  world.changed.add(agent);
}

/** The agent is out. Nothing may be left in its slots. */
export function signOutNow(world: World, agent: Agent): void {
  settleIdle(world, agent);
  agent.signedIn = false;
  agent.draining = false;
  agent.status = 'offline';
  agent.reason = undefined;
  agent.statusSinceMs = world.nowMs;
  agent.pauseTimer = stopTimer(world, agent.pauseTimer);
  refreshLive(world, agent);
  clearReady(agent);
  leaveClass(world, agent);
  world.freed.delete(agent);
  world.changed.add(agent);
}
