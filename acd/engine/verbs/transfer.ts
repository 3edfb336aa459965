import { enterQueue } from '../contacts/enter.ts';
import type { EventOf } from '../events.ts';
import { hasRoom, takesWork } from '../matching/readiness.ts';
import type { Contact } from '../model.ts';
import { stopHandling } from '../work/handling.ts';
import { makeOffer, withdrawOffers } from '../work/offer.ts';
import { reject, type World } from '../world.ts';

const DEFAULT_WAIT_MS = 20_000;

function handled(
  world: World,
  event: { readonly type: string; readonly contactId: string; readonly agentId: string },
): Contact | undefined {
  const contact = world.contacts.get(event.contactId);
  if (!contact) reject(world, event.type, 'unknown-contact');
  else if (contact.state !== 'handling' || contact.agent?.id !== event.agentId)
    reject(world, event.type, 'not-assigned');
  else return contact;
  return undefined;
}

/** The contact goes to a queue with its first enqueue time; the giving agent goes to wrap-up. */
export function transferToQueue(world: World, event: EventOf<'transferred-to-queue'>) {
  const contact = handled(world, event);
  if (!contact) return;
  const queue = world.queues.get(event.queueId);
  if (!queue || queue.retired) return reject(world, event.type, 'unknown-queue');
  withdrawOffers(world, contact, 'transferred');
  stopHandling(world, contact, 'transferred');
  contact.asked = event.requirement;
  if (event.priority !== undefined) contact.priority = event.priority;
  enterQueue(world, contact, queue, 'transfer');
}

/** Blind: the contact waits for that agent first. Attended: it stays until the other accepts. */
export function transferToAgent(world: World, event: EventOf<'transferred-to-agent'>) {
  const contact = handled(world, event);
  if (!contact) return;
  const target = world.agents.get(event.toAgentId);
  if (!target || event.toAgentId === event.agentId) return reject(world, event.type, 'unknown-agent');
  if (!target.signedIn) return reject(world, event.type, 'not-signed-in');
  const queue = event.elseQueueId === undefined ? contact.queue : world.queues.get(event.elseQueueId);
  if (!queue || (queue.retired && event.elseQueueId !== undefined)) return reject(world, event.type, 'unknown-queue');
  if (event.attended) {
    if (contact.offers.length > 0) return reject(world, event.type, 'not-available');
    if (!takesWork(target)) return reject(world, event.type, 'not-available');
    if (!hasRoom(target, contact.class)) return reject(world, event.type, 'no-capacity');
    makeOffer(world, contact, target, 'transfer', true);
    return;
  }
  withdrawOffers(world, contact, 'transferred');
  stopHandling(world, contact, 'transferred');
  contact.preferred = { agentIds: [target.id], ignoreSkills: true, origin: 'transfer' };
  contact.preferredUntilMs = world.nowMs + (event.waitMs ?? DEFAULT_WAIT_MS);
  enterQueue(world, contact, queue, 'requeued');
}
