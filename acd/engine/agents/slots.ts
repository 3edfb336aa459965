import { CLASS_OF_CHANNEL } from '../configuration.ts';
import { refreshReady } from '../matching/readiness.ts';
import type { Agent, Contact, Queue, Work } from '../model.ts';
import { stopTimer, type World } from '../world.ts';
import { signOutNow } from './presence.ts';
import { settleIdle } from './records.ts';

/** Takes a slot of the agent for an offer. */
export function takeSlot(world: World, agent: Agent, contact: Contact, queue: Queue, offerId: string): Work {
  settleIdle(world, agent);
  const work: Work = {
    agent,
    contactId: contact.id,
    queue,
    channel: contact.channel,
    class: CLASS_OF_CHANNEL[contact.channel],
    state: 'offered',
    sinceMs: world.nowMs,
    endsMs: 0,
    mostMs: 0,
    segmentNumber: 0,
    offerId,
    timer: undefined,
  };
  agent.work.push(work);
  agent.used[work.class]++;
  world.changed.add(agent);
  refreshReady(world, agent);
  return work;
}

/** Gives a slot back. An agent at shift end is signed out with the last one. */
export function freeSlot(world: World, work: Work): void {
  const agent = work.agent;
  work.timer = stopTimer(world, work.timer);
  settleIdle(world, agent);
  agent.work.splice(agent.work.indexOf(work), 1);
  agent.used[work.class]--;
  world.changed.add(agent);
  if (agent.draining && agent.work.length === 0) signOutNow(world, agent);
  else refreshReady(world, agent);
}
