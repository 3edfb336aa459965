import { reclass } from '../agents/reclass.ts';
import type { EventOf } from '../events.ts';
import { reject, type World } from '../world.ts';
import { signedInAgent } from './sign-out-agent.ts';

/** New skills, queues, groups or capacity. Running work is not cut, even when it is more than the new capacity allows. */
export function changeAgent(world: World, event: EventOf<'agent-changed'>) {
  const agent = signedInAgent(world, event);
  if (!agent) return;
  if (event.queues?.some(({ queueId }) => !world.queues.has(queueId)))
    return reject(world, event.type, 'unknown-queue');
  reclass(world, agent, () => {
    if (event.skills) agent.skills = event.skills;
    if (event.queues) agent.memberships = event.queues;
    if (event.groups) agent.groups = event.groups;
    if (event.capacity) agent.capacity = event.capacity;
    agent.own = {
      skills: agent.own.skills || event.skills !== undefined,
      queues: agent.own.queues || event.queues !== undefined,
      groups: agent.own.groups || event.groups !== undefined,
      capacity: agent.own.capacity || event.capacity !== undefined,
      weight: agent.own.weight,
    };
  });
}
