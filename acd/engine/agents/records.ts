import { dayOf } from '../hours/local-time.ts';
import type { Agent, QueueRecord, Work } from '../model.ts';
import type { World } from '../world.ts';

/** What the agent did in a queue; made when first needed. */
export function recordOf(agent: Agent, queueId: string): QueueRecord {
  let record = agent.records.get(queueId);
  if (!record) {
    record = { lastEndMs: 0, lastOffer: 0, handledToday: 0, talkTodayMs: 0 };
    agent.records.set(queueId, record);
  }
  return record;
}

/** Sets the counts of "today" to 0 when a new local day has begun. */
export function rollDay(world: World, agent: Agent): void {
  const day = dayOf(world, world.nowMs);
  if (agent.day === day) return;
  agent.day = day;
  agent.handledToday = 0;
  agent.talkTodayMs = 0;
  for (const record of agent.records.values()) {
    record.handledToday = 0;
    record.talkTodayMs = 0;
  }
}

/** Keeps accumulated idle time: available with nothing to do. Called just before that may change. */
export function settleIdle(world: World, agent: Agent): void {
  if (agent.signedIn && agent.status === 'available' && agent.work.length === 0)
    agent.idleMs += world.nowMs - agent.idleSinceMs;
  agent.idleSinceMs = world.nowMs;
}

/** The agent's last contact ended just now, for the readings of "longest idle". */
export function noteEnd(world: World, work: Work): void {
  const agent = work.agent;
  agent.lastEndMs = world.nowMs;
  if (work.class === 'voice') agent.lastVoiceEndMs = world.nowMs;
  recordOf(agent, work.queue.id).lastEndMs = world.nowMs;
}
