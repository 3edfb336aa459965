import { ENGINE_LIMITS } from '../configuration.ts';
import { preferredMayTake } from '../contacts/place.ts';
import { armTimer } from '../contacts/timers.ts';
import type { Agent, Contact } from '../model.ts';
import { makeOffer } from '../work/offer.ts';
import type { World } from '../world.ts';
import { chooseAgent, chooseSeveral } from './choose-agent.ts';

/** Offers a waiting contact to whom it belongs, if anybody who may take it is free. */
export function serve(world: World, contact: Contact): boolean {
  if (contact.inNeed) return serveByStrategy(world, contact);
  return serveHeld(world, contact);
}

/** Offers a waiting contact to the only one who can be free for it. */
export function serveTo(world: World, contact: Contact, agent: Agent): void {
  const strategy = contact.queue.settings.strategy;
  const preferred = contact.inNeed ? undefined : contact.preferred;
  makeOffer(world, contact, agent, preferred ? preferred.origin : 'routed');
  if (!preferred && strategy.kind === 'ring-progressive') {
    armTimer(world, contact, 'ring-more', world.nowMs + strategy.everyMs);
  }
}

function serveHeld(world: World, contact: Contact): boolean {
  const preferred = contact.preferred;
  if (!preferred) return false;
  for (const id of preferred.agentIds) {
    const agent = world.agents.get(id);
    if (!agent?.ready[contact.class] || !preferredMayTake(contact, agent)) continue;
    makeOffer(world, contact, agent, preferred.origin);
    return true;
  }
  return false;
}

function serveByStrategy(world: World, contact: Contact): boolean {
  const strategy = contact.queue.settings.strategy;
  if (strategy.kind === 'ring-all' || strategy.kind === 'ring-progressive') {
    const most = strategy.kind === 'ring-all' ? (strategy.most ?? ENGINE_LIMITS.parallelOffers) : (strategy.first ?? 1);
    const agents = chooseSeveral(contact, most);
    for (const agent of agents) makeOffer(world, contact, agent, 'routed');
    if (agents.length > 0 && strategy.kind === 'ring-progressive') {
      armTimer(world, contact, 'ring-more', world.nowMs + strategy.everyMs);
    }
    return agents.length > 0;
  }
  const agent = chooseAgent(world, contact);
  if (!agent) return false;
  makeOffer(world, contact, agent, 'routed');
  return true;
}

/** Progressive ringing goes on: more agents are asked beside those who ring already. */
export function ringMore(world: World, contact: Contact): void {
  const strategy = contact.queue.settings.strategy;
  if (contact.state !== 'offered' || strategy.kind !== 'ring-progressive') return;
  const room = ENGINE_LIMITS.parallelOffers - contact.offers.length;
  for (const agent of chooseSeveral(contact, Math.min(room, strategy.more ?? 1)))
    makeOffer(world, contact, agent, 'routed');
  armTimer(world, contact, 'ring-more', world.nowMs + strategy.everyMs);
}
