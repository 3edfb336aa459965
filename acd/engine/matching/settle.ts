import { applyLimit } from '../contacts/enter.ts';
import { place, unplace } from '../contacts/place.ts';
import { firstWords } from '../estimates/announce.ts';
import type { Agent, Contact } from '../model.ts';
import { goesBefore } from '../order/score.ts';
import type { World } from '../world.ts';
import { bestContactFor } from './best-contact.ts';
import { serve } from './serve.ts';

/**
 * Brings contacts and agents together after an event, so that nobody waits for whom somebody is free. Only what the event touched
 * is looked at: before it, no waiting contact and free eligible agent were left.
 */
export function settle(world: World): void {
  for (;;) {
    if (world.stranded.size > 0) relieveStranded(world);
    else if (world.hopeless.size > 0) releaseHopeless(world);
    else if (world.freed.size > 0) serveFreed(world);
    else if (world.placed.size > 0) servePlaced(world);
    else return;
  }
}

/** Needs that lost their last signed-in agent: their contacts go on to the next step, or out. */
function relieveStranded(world: World): void {
  const contacts: Contact[] = [];
  for (const need of world.stranded) if (need.live === 0) contacts.push(...need.line.all(world.nowMs));
  world.stranded.clear();
  contacts.sort((a, b) => a.order - b.order);
  for (const contact of contacts) {
    unplace(world, contact);
    place(world, contact);
  }
}

function releaseHopeless(world: World): void {
  const contacts = [...world.hopeless];
  world.hopeless.clear();
  for (const contact of contacts) {
    if (!contact.inNeed || contact.need?.live !== 0) continue;
    const limit = contact.queue.settings.waitingLimits.find((entry) => entry.when === 'nobody-left');
    if (limit) applyLimit(world, contact, limit);
  }
}

interface Wish {
  readonly agent: Agent;
  contact: Contact;
}

/** Of all contacts that freed agents could take the first in order goes first, to whom its own queue's strategy says. */
function serveFreed(world: World): void {
  const agents = [...world.freed];
  world.freed.clear();
  if (agents.length === 1) {
    serveOne(world, agents[0]!);
    return;
  }
  agents.sort((a, b) => a.order - b.order);
  const wishes: Wish[] = [];
  for (const agent of agents) wish(world, wishes, agent);
  while (wishes.length > 0) {
    const first = wishes[0]!;
    dropFirst(world, wishes);
    if (bestContactFor(world, first.agent) === first.contact && !serve(world, first.contact)) continue;
    wish(world, wishes, first.agent);
  }
}

function serveOne(world: World, agent: Agent): void {
  for (;;) {
    const contact = bestContactFor(world, agent);
    if (!contact || !serve(world, contact)) return;
  }
}

function before(world: World, a: Wish, b: Wish): boolean {
  if (a.contact !== b.contact) return goesBefore(a.contact, b.contact, world.nowMs);
  return a.agent.order < b.agent.order;
}

/** A heap, first wish on top. A wish may be out of date when it comes up; it is then made anew, and can only have become worse. */
function wish(world: World, wishes: Wish[], agent: Agent): void {
  const contact = bestContactFor(world, agent);
  if (!contact) return;
  const added: Wish = { agent, contact };
  let slot = wishes.length;
  wishes.push(added);
  while (slot > 0) {
    const parentSlot = (slot - 1) >> 1;
    const parent = wishes[parentSlot]!;
    if (!before(world, added, parent)) break;
    wishes[slot] = parent;
    slot = parentSlot;
  }
  wishes[slot] = added;
}

function dropFirst(world: World, wishes: Wish[]): void {
  const moved = wishes.pop()!;
  if (wishes.length === 0) return;
  let slot = 0;
  for (;;) {
    let child = slot * 2 + 1;
    if (child >= wishes.length) break;
    if (child + 1 < wishes.length && before(world, wishes[child + 1]!, wishes[child]!)) child++;
    if (!before(world, wishes[child]!, moved)) break;
    wishes[slot] = wishes[child]!;
    slot = child;
  }
  wishes[slot] = moved;
}

function servePlaced(world: World): void {
  const contacts = [...world.placed];
  world.placed.clear();
  if (contacts.length > 1) contacts.sort((a, b) => (goesBefore(a, b, world.nowMs) ? -1 : 1));
  for (const contact of contacts) {
    if (contact.state !== 'waiting' && contact.state !== 'callback-virtual') continue;
    if (!serve(world, contact) && contact.fresh) firstWords(world, contact);
    contact.fresh = false;
  }
}
