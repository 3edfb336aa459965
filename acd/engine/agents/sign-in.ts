import { type AgentConfiguration, DEFAULT_CAPACITY } from '../configuration.ts';
import type { EventOf } from '../events.ts';
import type { Agent } from '../model.ts';
import type { World } from '../world.ts';

type Given = Pick<EventOf<'agent-signed-in'>, 'skills' | 'queues' | 'groups' | 'capacity' | 'weight'>;

/** An agent who was never here before. */
export function newAgent(world: World, id: string): Agent {
  return {
    id,
    order: world.agents.size + 1,
    signedIn: false,
    signedInMs: 0,
    status: 'offline',
    reason: undefined,
    statusSinceMs: world.nowMs,
    draining: false,
    pausedUntilMs: 0,
    pauseTimer: undefined,
    skills: {},
    memberships: [],
    groups: [],
    capacity: DEFAULT_CAPACITY,
    weight: 1,
    own: { skills: false, queues: false, groups: false, capacity: false, weight: false },
    class: undefined,
    work: [],
    used: { voice: 0, chat: 0, email: 0 },
    ready: { voice: false, chat: false, email: false },
    fresh: { voice: false, chat: false, email: false },
    listed: { voice: false, chat: false, email: false },
    live: false,
    stamp: 0,
    unanswered: 0,
    lastEndMs: 0,
    lastVoiceEndMs: 0,
    lastOffer: 0,
    idleSinceMs: 0,
    idleMs: 0,
    day: 0,
    handledToday: 0,
    talkTodayMs: 0,
    records: new Map(),
    state: 'idle',
    stateSinceMs: world.nowMs,
  };
}

export function configuredAgent(world: World, id: string): AgentConfiguration | undefined {
  return world.agentConfigurations.get(id);
}

/** Fills skills, queues, groups, capacity and weight: from what is given, else from the configuration. */
export function equip(world: World, agent: Agent, given: Given): void {
  const configured = configuredAgent(world, agent.id);
  agent.own = {
    skills: given.skills !== undefined,
    queues: given.queues !== undefined,
    groups: given.groups !== undefined,
    capacity: given.capacity !== undefined,
    weight: given.weight !== undefined,
  };
  agent.skills = given.skills ?? configured?.skills ?? {};
  agent.memberships = given.queues ?? configured?.queues ?? [];
  agent.groups = given.groups ?? configured?.groups ?? [];
  agent.capacity = given.capacity ?? configured?.capacity ?? world.configuration.capacity ?? DEFAULT_CAPACITY;
  agent.weight = given.weight ?? configured?.weight ?? 1;
}
