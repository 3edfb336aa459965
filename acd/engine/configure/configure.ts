import { CHANNEL_CLASSES, type Configuration, DEFAULT_REFUSAL_DELAYS } from '../configuration.ts';
import type { Queue } from '../model.ts';
import { LineHeads } from '../order/line-heads.ts';
import type { World } from '../world.ts';
import { newQueue, settingsOf } from './settings.ts';

/** Takes a valid configuration over: lists, queues (new, changed, no longer there). Contacts and agents are the caller's part. */
export function takeConfiguration(world: World, configuration: Configuration): Queue[] {
  world.configuration = configuration;
  world.calendars = new Map((configuration.calendars ?? []).map((calendar) => [calendar.id, calendar]));
  world.breakReasons = new Set(configuration.breakReasons ?? []);
  world.refusalDelays = configuration.refusalDelays ?? DEFAULT_REFUSAL_DELAYS;
  world.agentConfigurations = new Map((configuration.agents ?? []).map((agent) => [agent.id, agent]));
  const wanted = new Map(configuration.queues.map((queue) => [queue.id, queue]));
  const removed: Queue[] = [];
  for (const queue of world.queues.values()) {
    const settings = wanted.get(queue.id);
    if (settings) {
      queue.settings = settingsOf(settings);
      queue.retired = false;
      if (!settings.reserve) queue.reserveOn = false;
    } else if (!queue.retired) {
      queue.retired = true;
      queue.reserveOn = false;
      removed.push(queue);
    }
  }
  for (const queue of configuration.queues) {
    if (!world.queues.has(queue.id)) world.queues.set(queue.id, newQueue(world, queue));
  }
  return removed;
}

/** Removed queues to which nothing refers any more are forgotten. */
export function forgetRetired(world: World): void {
  const used = new Set<Queue>();
  for (const contact of world.contacts.values()) used.add(contact.queue);
  for (const agent of world.agents.values()) for (const work of agent.work) used.add(work.queue);
  for (const queue of world.queues.values()) {
    if (queue.retired && !used.has(queue) && !queue.reserveTimer) world.queues.delete(queue.id);
  }
}

/** Forgets what was derived from the configuration: needs, classes and who is ready. Contacts must stand in no need. */
export function forgetDerived(world: World): void {
  for (const agent of world.agents.values()) {
    agent.stamp++;
    agent.class = undefined;
    agent.live = false;
    for (const name of CHANNEL_CLASSES) {
      agent.ready[name] = false;
      agent.listed[name] = false;
    }
  }
  for (const contact of world.contacts.values()) contact.need = undefined;
  world.needs.clear();
  world.idleNeeds.clear();
  world.heads = new LineHeads();
  world.classes.clear();
  for (const pool of world.pools.values()) {
    pool.classes.clear();
    pool.needs.clear();
    for (const name of CHANNEL_CLASSES) pool.ready[name].clear();
  }
  for (const queue of world.queues.values()) queue.live = 0;
}
