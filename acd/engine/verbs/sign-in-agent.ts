import { refreshAgent } from '../agents/presence.ts';
import { equip, newAgent } from '../agents/sign-in.ts';
import { ENGINE_LIMITS } from '../configuration.ts';
import type { EventOf } from '../events.ts';
import { joinClass } from '../needs/need-index.ts';
import { reject, type World } from '../world.ts';

/** The agent is here. Readings of idle time begin now; the counts of today go on. */
export function signInAgent(world: World, event: EventOf<'agent-signed-in'>) {
  const known = world.agents.get(event.agentId);
  if (known?.signedIn) return reject(world, event.type, 'already-signed-in');
  if (!known && world.agents.size >= ENGINE_LIMITS.agents) return reject(world, event.type, 'too-many');
  if (event.queues?.some(({ queueId }) => !world.queues.has(queueId)))
    return reject(world, event.type, 'unknown-queue');
  const agent = known ?? newAgent(world, event.agentId);
  world.agents.set(agent.id, agent);
  equip(world, agent, event);
  joinClass(world, agent);
  agent.signedIn = true;
  agent.draining = false;
  agent.signedInMs = world.nowMs;
  agent.lastEndMs = world.nowMs;
  agent.lastVoiceEndMs = world.nowMs;
  agent.idleMs = 0;
  agent.idleSinceMs = world.nowMs;
  agent.unanswered = 0;
  agent.status = event.status ?? 'break';
  agent.reason = undefined;
  agent.statusSinceMs = world.nowMs;
  refreshAgent(world, agent);
}
