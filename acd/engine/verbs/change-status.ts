import { refreshAgent } from '../agents/presence.ts';
import { settleIdle } from '../agents/records.ts';
import { dropAssignments, endWrapUps, withdrawAgentOffers } from '../agents/release-work.ts';
import type { EventOf } from '../events.ts';
import type { Agent } from '../model.ts';
import { reject, stopTimer, type World } from '../world.ts';
import { signedInAgent } from './sign-out-agent.ts';

function setStatus(world: World, agent: Agent, status: 'available' | 'break' | 'offline', reason?: string) {
  settleIdle(world, agent);
  if (agent.status !== status || agent.reason !== reason) agent.statusSinceMs = world.nowMs;
  agent.status = status;
  agent.reason = reason;
  if (status === 'available') {
    agent.pauseTimer = stopTimer(world, agent.pauseTimer);
    agent.unanswered = 0;
  }
  refreshAgent(world, agent);
}

/** What the agent chose. Running work goes on; what is only offered is withdrawn when they leave. */
export function changeStatus(world: World, event: EventOf<'agent-status-changed'>) {
  const agent = signedInAgent(world, event);
  if (!agent) return;
  const reason = event.status === 'break' ? event.reason : undefined;
  if (reason !== undefined && !world.breakReasons.has(reason)) return reject(world, event.type, 'unknown-reason');
  setStatus(world, agent, event.status, reason);
  if (event.status !== 'available') withdrawAgentOffers(world, agent, 'status');
}

/** A supervisor frees a stuck agent and sets the status. */
export function forceAgent(world: World, event: EventOf<'agent-forced'>) {
  const agent = signedInAgent(world, event);
  if (!agent) return;
  setStatus(world, agent, 'break');
  withdrawAgentOffers(world, agent, 'forced');
  if (event.assignments !== 'keep') dropAssignments(world, agent, event.assignments);
  endWrapUps(world, agent);
  if (agent.signedIn) setStatus(world, agent, event.to);
}
