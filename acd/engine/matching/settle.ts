import { applyLimit } from '../contacts/enter.ts';
import { place, unplace } from '../contacts/place.ts';
import { firstWords } from '../estimates/announce.ts';
import type { Agent, Contact } from '../model.ts';
import { goesBefore } from '../order/score.ts';
import type { World } from '../world.ts';
import { bestContactFor } from './best-contact.ts';
import { list, settled } from './readiness.ts';
import { serve, serveTo } from './serve.ts';

/**
 * Brings contacts and agents together after an event, so that nobody waits for whom somebody is free. Only what the event touched
 * is looked at: before it, no waiting contact and free eligible agent were left.
 */
export function settle(world: World): void {
  for (;;) {
    if (world.stranded.size > 0) relieveStranded(world);
    else if (world.hopeless.size > 0) releaseHopeless(world);
    else if (world.freed.size > 0 || world.placed.size > 0) serveTouched(world);
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

/** A contact that somebody could perhaps have: wished for by a freed agent, or newly placed. */
interface Wish {
  readonly agent: Agent | undefined;
  readonly contact: Contact;
}

/**
 * Of all contacts that freed agents could take, and all that were placed, the first in order goes first, to whom its own queue's
 * strategy says. Both are looked at together: a placed contact may want an agent whom another one would get otherwise.
 */
function serveTouched(world: World): void {
  const placed = [...world.placed];
  const freed = [...world.freed];
  world.placed.clear();
  world.freed.clear();
  if (placed.length === 0 && freed.length === 1) {
    serveOne(world, freed[0]!);
    settled(freed[0]!);
    return;
  }
  if (placed.length === 1 && freed.length === 0) {
    if (isWaiting(placed[0]!)) serve(world, placed[0]!);
  } else {
    for (const agent of freed) list(agent);
    serveMany(world, placed, freed);
    for (const agent of freed) settled(agent);
  }
  if (placed.length > 1) placed.sort((a, b) => a.order - b.order);
  for (const contact of placed) {
    if (contact.fresh && isWaiting(contact)) firstWords(world, contact);
    contact.fresh = false;
  }
}

function isWaiting(contact: Contact): boolean {
  return contact.state === 'waiting' || contact.state === 'callback-virtual';
}

function serveMany(world: World, placed: readonly Contact[], freed: readonly Agent[]): void {
  const wishes: Wish[] = [];
  for (const contact of placed) if (isWaiting(contact)) addWish(world, wishes, { agent: undefined, contact });
  for (const agent of freed) wish(world, wishes, agent);
  while (wishes.length > 0) {
    const { agent, contact } = wishes[0]!;
    dropFirst(world, wishes);
    if (!agent) {
      if (isWaiting(contact)) serve(world, contact);
      continue;
    }
    if (bestContactFor(world, agent) === contact && !serve(world, contact)) continue;
    wish(world, wishes, agent);
  }
}

/** Nothing else was touched, so nobody but this agent can be free for a contact that waited already. */
function serveOne(world: World, agent: Agent): void {
  for (;;) {
    const contact = bestContactFor(world, agent);
    if (!contact) return;
    serveTo(world, contact, agent);
  }
}

function before(world: World, a: Wish, b: Wish): boolean {
  if (a.contact !== b.contact) return goesBefore(a.contact, b.contact, world.nowMs);
  return (a.agent?.order ?? 0) < (b.agent?.order ?? 0);
}

/** A wish may be out of date when it comes up; it is then made anew, and can only have become worse. */
function wish(world: World, wishes: Wish[], agent: Agent): void {
  const contact = bestContactFor(world, agent);
  if (contact) addWish(world, wishes, { agent, contact });
}

/** A heap, first wish on top. */
function addWish(world: World, wishes: Wish[], added: Wish): void {
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
