import { preferredMayTake } from '../contacts/place.ts';
import type { EventOf } from '../events.ts';
import { hasRoom, takesWork } from '../matching/readiness.ts';
import type { Agent, Contact } from '../model.ts';
import { fitHolds } from '../needs/fit.ts';
import { makeOffer } from '../work/offer.ts';
import { reject, type World } from '../world.ts';

/** A supervisor gives a contact to an agent: order and skills do not count, status and capacity do. */
export function assignContact(world: World, event: EventOf<'contact-assigned'>) {
  const found = contactAndAgent(world, event);
  if (!found) return;
  give(world, found.contact, found.agent, 'assigned');
}

/** An agent takes a contact out of the list: order does not count, eligibility and capacity do. */
export function pullContact(world: World, event: EventOf<'contact-pulled'>) {
  const found = contactAndAgent(world, event);
  if (!found) return;
  const { contact, agent } = found;
  const need = contact.need!;
  const fit = agent.class && need.fits.get(agent.class);
  const direct = fit !== undefined && fitHolds(need, agent.class!, fit) && contact.inNeed;
  const preferred = contact.preferred?.agentIds.includes(agent.id) && preferredMayTake(contact, agent);
  if (!direct && !preferred) return reject(world, event.type, 'not-eligible');
  give(world, contact, agent, 'pulled');
}

function contactAndAgent(
  world: World,
  event: EventOf<'contact-assigned'> | EventOf<'contact-pulled'>,
): { contact: Contact; agent: Agent } | undefined {
  const contact = world.contacts.get(event.contactId);
  const agent = world.agents.get(event.agentId);
  const customerFirst = contact?.callback?.mode === 'customer-first';
  if (!contact) reject(world, event.type, 'unknown-contact');
  else if (!agent) reject(world, event.type, 'unknown-agent');
  else if ((contact.state !== 'waiting' && contact.state !== 'callback-virtual') || customerFirst) {
    reject(world, event.type, 'not-waiting');
  } else if (!takesWork(agent)) reject(world, event.type, 'not-available');
  else if (!hasRoom(agent, contact.class)) reject(world, event.type, 'no-capacity');
  else return { contact, agent };
  return undefined;
}

function give(world: World, contact: Contact, agent: Agent, origin: 'assigned' | 'pulled') {
  makeOffer(world, contact, agent, origin);
}
