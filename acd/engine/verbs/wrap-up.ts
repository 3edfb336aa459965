import type { EventOf } from '../events.ts';
import type { Work } from '../model.ts';
import { workOf } from '../work/handling.ts';
import { endWrapUp, extendWrapUp } from '../work/wrap-up.ts';
import { reject, type World } from '../world.ts';

function findWrapUp(world: World, event: EventOf<'wrap-up-extended'> | EventOf<'wrap-up-ended'>): Work | undefined {
  const agent = world.agents.get(event.agentId);
  if (!agent) {
    reject(world, event.type, 'unknown-agent');
    return undefined;
  }
  const work = workOf(agent, event.contactId, 'wrap-up');
  if (!work) reject(world, event.type, 'not-in-wrap-up');
  return work;
}

/** More time for after-contact work, within the most that the queue allows. */
export function extendWrapUpBy(world: World, event: EventOf<'wrap-up-extended'>) {
  const work = findWrapUp(world, event);
  if (!work) return;
  if (work.endsMs >= work.mostMs) return reject(world, event.type, 'wrap-up-at-limit');
  extendWrapUp(world, work, event.byMs);
}

/** The agent is done before time. */
export function endWrapUpEarly(world: World, event: EventOf<'wrap-up-ended'>) {
  const work = findWrapUp(world, event);
  if (work) endWrapUp(world, work, 'ended');
}
