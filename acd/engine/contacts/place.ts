import type { Agent, Contact } from '../model.ts';
import type { World } from '../world.ts';
import { scheduleAway } from './away.ts';
import { setNeed } from './need-of-contact.ts';
import { skipHopelessSteps } from './relax.ts';
import { armTimer, armWaiting, disarmAll } from './timers.ts';

/** Whether an agent, for whom a contact is held, may take it. Reserve agents need not be called in for their own customers. */
export function preferredMayTake(contact: Contact, agent: Agent): boolean {
  if (contact.preferred!.ignoreSkills) return agent.capacity.slots[contact.class] > 0;
  return agent.class !== undefined && contact.need!.fits.has(agent.class);
}

function canBeHeld(world: World, contact: Contact): boolean {
  if (!contact.preferred || contact.preferredUntilMs <= world.nowMs) return false;
  for (const id of contact.preferred.agentIds) {
    const agent = world.agents.get(id);
    if (agent?.live && preferredMayTake(contact, agent)) return true;
  }
  return false;
}

/** Puts a contact that stands in its queue's line where matching finds it: held for preferred agents, or with its need. */
export function place(world: World, contact: Contact): void {
  const away = contact.callback !== undefined;
  contact.state = away ? 'callback-virtual' : 'waiting';
  if (!contact.need) setNeed(world, contact);
  if (away && !scheduleAway(world, contact)) return;
  if (canBeHeld(world, contact)) {
    for (const id of contact.preferred!.agentIds) {
      const held = world.held.get(id);
      if (held) held.add(contact);
      else world.held.set(id, new Set([contact]));
    }
    armTimer(world, contact, 'preferred', contact.preferredUntilMs);
  } else {
    if (contact.preferred) {
      contact.preferred = undefined;
      contact.stepSinceMs = world.nowMs;
    }
    skipHopelessSteps(world, contact);
    contact.need!.line.add(contact);
    contact.inNeed = true;
  }
  world.placed.add(contact);
  armWaiting(world, contact);
  if (contact.inNeed && contact.need!.live === 0 && !away) world.hopeless.add(contact);
}

/** Takes it away from matching and stops what runs while waiting. Its place in the queue's line stays. */
export function unplace(world: World, contact: Contact): void {
  if (contact.inNeed) {
    contact.need!.line.remove(contact);
    contact.inNeed = false;
  }
  if (contact.preferred) {
    for (const id of contact.preferred.agentIds) {
      const held = world.held.get(id);
      if (held?.delete(contact) && held.size === 0) world.held.delete(id);
    }
  }
  world.placed.delete(contact);
  disarmAll(world, contact);
}

/** Changes what a waiting contact's place depends on. */
export function replace(world: World, contact: Contact, change: () => void): void {
  const wasPlaced = contact.inNeed || isHeld(world, contact);
  if (wasPlaced) unplace(world, contact);
  const wasInLine = contact.inLine;
  if (wasInLine) contact.queue.line.remove(contact);
  change();
  if (wasInLine) contact.queue.line.add(contact);
  if (wasPlaced) place(world, contact);
}

export function isHeld(world: World, contact: Contact): boolean {
  return contact.preferred?.agentIds.some((id) => world.held.get(id)?.has(contact)) ?? false;
}
