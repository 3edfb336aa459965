import { configurationProblems } from '../check/configuration-check.ts';
import { isPlain } from '../check/value.ts';
import type { LimitOutcome } from '../configuration.ts';
import { takeConfiguration } from '../configure/configure.ts';
import { newQueue } from '../configure/settings.ts';
import { bookCallback } from '../contacts/booking.ts';
import { setNeed } from '../contacts/need-of-contact.ts';
import { setScore } from '../contacts/scoring.ts';
import { refreshReady, settled } from '../matching/readiness.ts';
import {
  type Agent,
  CONTACT_TIMERS,
  type Contact,
  type Due,
  NONE,
  type Offer,
  type Timer,
  type Work,
} from '../model.ts';
import { countLive, joinClass } from '../needs/need-index.ts';
import { createWorld, type World } from '../world.ts';
import type { SavedAgent, SavedContact, SavedOffer, SavedTimer, SavedWorld } from './format.ts';

type Restored =
  | { readonly ok: true; readonly world: World }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Builds the world of a snapshot. What is derived (needs, classes, who is ready) is worked out anew. */
export function restoreWorld(snapshot: unknown): Restored {
  if (!isPlain(snapshot) || snapshot['format'] !== 1) return { ok: false, problems: ['format: only 1 is known'] };
  const saved = snapshot['state'] as SavedWorld;
  const problems = configurationProblems(isPlain(saved) ? saved.configuration : undefined);
  if (problems.length > 0) return { ok: false, problems };
  try {
    return { ok: true, world: build(structuredClone(saved)) };
  } catch (cause) {
    return { ok: false, problems: [`state: damaged (${cause instanceof Error ? cause.message : String(cause)})`] };
  }
}

function build(saved: SavedWorld): World {
  const world = createWorld(saved.configuration, 0);
  for (const entry of saved.queues) {
    const queue = newQueue(world, entry.configuration);
    Object.assign(queue.statistics, entry.statistics);
    world.queues.set(queue.id, queue);
  }
  takeConfiguration(world, saved.configuration);
  world.nowMs = saved.nowMs;
  world.event = saved.event;
  world.random = saved.random;
  world.contactOrder = saved.contactOrder;
  world.offerOrder = saved.offerOrder;
  for (const entry of saved.queues) {
    const queue = world.queues.get(entry.configuration.id)!;
    queue.retired = entry.retired;
    queue.removedThen = entry.removedThen as LimitOutcome;
    queue.reserveOn = entry.reserveOn;
    queue.reserveTimer = setTimer(world, entry.reserveTimer, { kind: 'reserve', of: queue });
  }
  for (const entry of saved.agents) restoreAgent(world, entry);
  for (const entry of saved.contacts) restoreContact(world, entry);
  for (const entry of saved.offers) restoreOffer(world, entry);
  for (const agent of world.agents.values()) {
    if (!agent.signedIn) continue;
    joinClass(world, agent);
    agent.live = agent.status !== 'offline' && !agent.draining;
    if (agent.live) countLive(world, agent, 1);
    refreshReady(world, agent);
    settled(agent);
  }
  world.deadlines.order = saved.deadlineOrder;
  world.freed.clear();
  world.stranded.clear();
  return world;
}

function setTimer(world: World, saved: SavedTimer | undefined, what: Due): Timer | undefined {
  return saved && world.deadlines.add(saved[0], what, saved[1]);
}

function restoreAgent(world: World, saved: SavedAgent): void {
  const agent: Agent = {
    ...saved,
    reason: saved.reason,
    class: undefined,
    work: [],
    used: { voice: 0, chat: 0, email: 0 },
    ready: { voice: false, chat: false, email: false },
    fresh: { voice: false, chat: false, email: false },
    listed: { voice: false, chat: false, email: false },
    live: false,
    stamp: 0,
    records: new Map(saved.records),
    pauseTimer: undefined,
  };
  agent.pauseTimer = setTimer(world, saved.pauseTimer, { kind: 'resume', of: agent });
  for (const { queueId, timer, ...rest } of saved.work) {
    const work: Work = { ...rest, agent, queue: world.queues.get(queueId)!, timer: undefined };
    work.timer = setTimer(world, timer, { kind: 'wrap-up', of: work });
    agent.work.push(work);
    agent.used[work.class]++;
  }
  world.agents.set(agent.id, agent);
}

function restoreContact(world: World, saved: SavedContact): void {
  const { queueId, standing, agentId, timers, callback, inLine, ...plain } = saved;
  const queue = world.queues.get(queueId)!;
  const contact: Contact = {
    ...plain,
    segment: plain.segment,
    customer: plain.customer,
    asked: plain.asked,
    requirement: plain.requirement,
    preferred: plain.preferred,
    prediction: plain.prediction,
    queue,
    need: undefined,
    inNeed: standing === 'need',
    inLine,
    offers: NONE,
    agent: agentId === undefined ? undefined : world.agents.get(agentId),
    timers: undefined,
    callback: undefined,
    base: 0,
    gain: 0,
    cap: -1,
    key: 0,
    hopEvent: 0,
    hops: 0,
  };
  setScore(world, contact);
  world.contacts.set(contact.id, contact);
  if (callback) {
    const { booked, queueId: bookedIn, ...plan } = callback;
    contact.callback = { ...plan, queue: world.queues.get(bookedIn)! };
    if (booked) bookCallback(world, contact, contact.callback);
  }
  if (inLine) queue.line.add(contact);
  if (contact.state === 'offered') queue.offered++;
  if (contact.state === 'handling') queue.handling++;
  else setNeed(world, contact);
  if (standing === 'need') contact.need!.line.add(contact);
  if (standing === 'held') for (const id of contact.preferred!.agentIds) hold(world, id, contact);
  for (const kind of CONTACT_TIMERS) {
    const timer = setTimer(world, timers[kind], { kind, of: contact });
    if (timer) contact.timers = { ...contact.timers, [kind]: timer };
  }
}

function hold(world: World, agentId: string, contact: Contact): void {
  const held = world.held.get(agentId);
  if (held) held.add(contact);
  else world.held.set(agentId, new Set([contact]));
}

function restoreOffer(world: World, saved: SavedOffer): void {
  const contact = world.contacts.get(saved.contactId)!;
  const agent = world.agents.get(saved.agentId)!;
  const offer: Offer = {
    id: saved.id,
    origin: saved.origin,
    madeMs: saved.madeMs,
    expiresMs: saved.expiresMs,
    attended: saved.attended,
    contact,
    agent,
    queue: world.queues.get(saved.queueId)!,
    work: agent.work.find((work) => work.offerId === saved.id)!,
    timer: undefined,
  };
  offer.timer = setTimer(world, saved.timer, { kind: 'offer', of: offer });
  contact.offers = [...contact.offers, offer];
  world.offers.set(offer.id, offer);
}
