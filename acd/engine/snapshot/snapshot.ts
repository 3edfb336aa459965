import type { QueueConfiguration } from '../configuration.ts';
import { bookedBy } from '../contacts/booking.ts';
import { isHeld } from '../contacts/place.ts';
import type { EngineSnapshot } from '../engine.ts';
import {
  type Agent,
  CONTACT_TIMERS,
  type Contact,
  type ContactTimer,
  type Offer,
  type Queue,
  type Timer,
} from '../model.ts';
import type { World } from '../world.ts';
import type { SavedAgent, SavedContact, SavedOffer, SavedQueue, SavedTimer, SavedWorld } from './format.ts';

/** Everything that cannot be worked out again, as plain JSON. Taken between events. */
export function snapshotOf(world: World): EngineSnapshot {
  const state: SavedWorld = {
    configuration: world.configuration,
    nowMs: world.nowMs,
    event: world.event,
    random: world.random,
    contactOrder: world.contactOrder,
    offerOrder: world.offerOrder,
    deadlineOrder: world.deadlines.order,
    queues: [...world.queues.values()].map(saveQueue),
    agents: [...world.agents.values()].map(saveAgent),
    contacts: [...world.contacts.values()].map((contact) => saveContact(world, contact)),
    offers: [...world.offers.values()].map(saveOffer),
  };
  return { format: 1, state: JSON.parse(JSON.stringify(state)) as unknown };
}

function saveTimer(timer: Timer | undefined): SavedTimer | undefined {
  return timer && [timer.atMs, timer.order];
}

function saveQueue(queue: Queue): SavedQueue {
  const { blocked: _, ...settings } = queue.settings;
  return {
    configuration: settings satisfies QueueConfiguration,
    retired: queue.retired,
    removedThen: queue.removedThen,
    statistics: queue.statistics,
    reserveOn: queue.reserveOn,
    reserveTimer: saveTimer(queue.reserveTimer),
  };
}

function saveAgent(agent: Agent): SavedAgent {
  const {
    class: _class,
    work,
    used: _used,
    ready: _ready,
    live: _live,
    stamp: _stamp,
    records,
    pauseTimer,
    ...plain
  } = agent;
  return {
    ...plain,
    work: work.map(({ agent: _agent, queue, timer, ...rest }) => ({
      ...rest,
      queueId: queue.id,
      timer: saveTimer(timer),
    })),
    records: [...records],
    pauseTimer: saveTimer(pauseTimer),
  };
}

function saveContact(world: World, contact: Contact): SavedContact {
  const {
    queue,
    need: _need,
    inNeed,
    offers: _offers,
    agent,
    timers,
    callback,
    base: _base,
    gain: _gain,
    cap: _cap,
    key: _key,
    hopEvent: _hopEvent,
    hops: _hops,
    ...plain
  } = contact;
  const saved: Partial<Record<ContactTimer, SavedTimer>> = {};
  for (const kind of CONTACT_TIMERS) {
    const timer = saveTimer(timers?.[kind]);
    if (timer) saved[kind] = timer;
  }
  return {
    ...plain,
    queueId: queue.id,
    standing: inNeed ? 'need' : isHeld(world, contact) ? 'held' : 'no',
    agentId: agent?.id,
    timers: saved,
    callback: callback && {
      number: callback.number,
      mode: callback.mode,
      attempt: callback.attempt,
      dueMs: callback.dueMs,
      queueId: callback.queue.id,
      booked: bookedBy(world, contact, callback.number) === contact,
    },
  };
}

function saveOffer(offer: Offer): SavedOffer {
  const { id, origin, madeMs, expiresMs, attended, contact, agent, queue, timer } = offer;
  return {
    id,
    origin,
    madeMs,
    expiresMs,
    attended,
    contactId: contact.id,
    agentId: agent.id,
    queueId: queue.id,
    timer: saveTimer(timer)!,
  };
}
