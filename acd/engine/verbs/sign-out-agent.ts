import { refreshAgent, signOutNow } from '../agents/presence.ts';
import { settleIdle } from '../agents/records.ts';
import { dropAssignments, endWrapUps, withdrawAgentOffers } from '../agents/release-work.ts';
import type { EventOf } from '../events.ts';
import type { Agent } from '../model.ts';
import { reject, type World } from '../world.ts';

export function signedInAgent(
  world: World,
  event: { readonly type: string; readonly agentId: string },
): Agent | undefined {
  const agent = world.agents.get(event.agentId);
  if (agent?.signedIn) return agent;
  reject(world, event.type, agent ? 'not-signed-in' : 'unknown-agent');
  return undefined;
}

function startDraining(world: World, agent: Agent) {
  settleIdle(world, agent);
  agent.draining = true;
  refreshAgent(world, agent);
  if (agent.work.length === 0) signOutNow(world, agent);
}

/** Offers are withdrawn; with work still running the agent is out when it is done. */
export function signOutAgent(world: World, event: EventOf<'agent-signed-out'>) {
  const agent = signedInAgent(world, event);
  if (!agent) return;
  agent.draining = true;
  refreshAgent(world, agent);
  withdrawAgentOffers(world, agent, 'signed-out');
  if (agent.signedIn) startDraining(world, agent);
}

/** Shift end: like signing out, but what is offered already may still be taken; or that is taken back. */
export function drainAgent(world: World, event: EventOf<'agent-drained'>) {
  const agent = signedInAgent(world, event);
  if (!agent) return;
  if (event.on) return startDraining(world, agent);
  settleIdle(world, agent);
  agent.draining = false;
  refreshAgent(world, agent);
}

/** The agent is gone without a word. */
export function loseAgent(world: World, event: EventOf<'agent-lost'>) {
  const agent = signedInAgent(world, event);
  if (!agent) return;
  agent.status = 'offline';
  refreshAgent(world, agent);
  withdrawAgentOffers(world, agent, 'agent-lost');
  dropAssignments(world, agent, event.contacts);
  endWrapUps(world, agent);
  if (agent.signedIn) signOutNow(world, agent);
}
