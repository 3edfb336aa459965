import { refreshAgent } from '../agents/presence.ts';
import { equip } from '../agents/sign-in.ts';
import { configurationProblems } from '../check/configuration-check.ts';
import { forgetDerived, forgetRetired, takeConfiguration } from '../configure/configure.ts';
import { applyLimit } from '../contacts/enter.ts';
import { setNeed } from '../contacts/need-of-contact.ts';
import { place, unplace } from '../contacts/place.ts';
import { freeReserved } from '../contacts/pull-out.ts';
import { setScore } from '../contacts/scoring.ts';
import type { EventOf } from '../events.ts';
import type { Contact } from '../model.ts';
import { joinClass } from '../needs/need-index.ts';
import { withdrawOffers } from '../work/offer.ts';
import { emit, reject, type World } from '../world.ts';

/** A whole new configuration. Everybody who waits keeps the place; who waits in a removed queue goes where the event says. */
export function changeConfiguration(world: World, event: EventOf<'configuration-changed'>) {
  const problems = configurationProblems(event.configuration);
  const wanted = new Set(problems.length === 0 ? event.configuration.queues.map((queue) => queue.id) : []);
  for (const [queueId, then] of Object.entries(event.removed ?? {})) {
    if (then.to === 'queue' && !wanted.has(then.queueId)) problems.push(`removed.${queueId}: no queue ${then.queueId}`);
  }
  if (problems.length > 0) return reject(world, event.type, 'configuration-invalid', problems);
  const orphaned = new Set<string>();
  for (const contact of world.contacts.values()) {
    const { queue } = contact;
    if (contact.state !== 'handling' && !wanted.has(queue.id) && !event.removed?.[queue.id]) orphaned.add(queue.id);
  }
  if (orphaned.size > 0) return reject(world, event.type, 'queue-has-waiting', [...orphaned]);
  carryOut(world, event);
}

function carryOut(world: World, event: EventOf<'configuration-changed'>) {
  const queued: { contact: Contact; placed: boolean }[] = [];
  for (const contact of world.contacts.values()) {
    if (contact.state === 'handling') continue;
    const placed = contact.state !== 'offered' && contact.state !== 'callback-dialling';
    if (placed) unplace(world, contact);
    if (contact.inLine) contact.queue.line.remove(contact);
    queued.push({ contact, placed });
  }
  const removed = takeConfiguration(world, event.configuration);
  for (const queue of removed) queue.removedThen = event.removed?.[queue.id] ?? { to: 'message' };
  forgetDerived(world);
  for (const agent of world.agents.values()) {
    if (!agent.signedIn) continue;
    const { own } = agent;
    equip(world, agent, {
      ...(own.skills ? { skills: agent.skills } : {}),
      ...(own.queues ? { queues: agent.memberships } : {}),
      ...(own.groups ? { groups: agent.groups } : {}),
      ...(own.capacity ? { capacity: agent.capacity } : {}),
      ...(own.weight ? { weight: agent.weight } : {}),
    });
    joinClass(world, agent);
    refreshAgent(world, agent);
  }
  world.stranded.clear();
  for (const { contact } of queued) {
    setScore(world, contact);
    if (contact.inLine) contact.queue.line.add(contact);
    setNeed(world, contact);
  }
  for (const { contact, placed } of queued) {
    if (contact.queue.retired) {
      withdrawOffers(world, contact, 'queue-removed');
      freeReserved(world, contact);
      applyLimit(world, contact, { when: 'queue-removed', then: contact.queue.removedThen });
    } else if (placed) {
      place(world, contact);
    }
  }
  forgetRetired(world);
  emit(world, { type: 'configured', version: event.configuration.version });
}
