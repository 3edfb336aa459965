import { CHANNEL_CLASSES } from '../configuration.ts';
import { preferredMayTake } from '../contacts/place.ts';
import type { Agent, Contact } from '../model.ts';
import { fitHolds } from '../needs/fit.ts';
import { NOBODY } from '../order/line-heads.ts';
import { goesBefore, scoreAt } from '../order/score.ts';
import type { World } from '../world.ts';

/** The contact that goes first among all that this freed agent could take right now, over all queues and channels. */
export function bestContactFor(world: World, agent: Agent): Contact | undefined {
  const agents = agent.class;
  if (!agents) return undefined;
  let best: Contact | undefined;
  let bestScore = NOBODY;
  for (const name of CHANNEL_CLASSES) {
    if (!agent.ready[name] || !agent.fresh[name]) continue;
    const { needs, slots } = agents.needs[name];
    for (let index = 0; index < slots.length; index++) {
      const most = world.heads.most(slots[index]!, world.nowMs);
      if (most < bestScore || most === NOBODY) continue;
      const need = needs[index]!;
      const head = need.line.best(world.nowMs);
      if (!head || (best && !goesBefore(head, best, world.nowMs))) continue;
      if (!fitHolds(need, agents, need.fits.get(agents)!)) continue;
      best = head;
      bestScore = scoreAt(head, world.nowMs);
    }
  }
  const held = world.held.get(agent.id);
  if (held) {
    for (const contact of held) {
      if (!agent.ready[contact.class] || !preferredMayTake(contact, agent)) continue;
      if (!best || goesBefore(contact, best, world.nowMs)) best = contact;
    }
  }
  return best;
}
