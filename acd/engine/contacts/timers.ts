import { CONTACT_TIMERS, type Contact, type ContactTimer } from '../model.ts';
import { startTimer, stopTimer, type World } from '../world.ts';

/** How often a limit on the estimated wait is looked at while waiting. */
export const LIMIT_CHECK_MS = 10_000;

/** Starts or restarts one timer of a contact. */
export function armTimer(world: World, contact: Contact, kind: ContactTimer, atMs: number): void {
  contact.timers ??= {};
  stopTimer(world, contact.timers[kind]);
  contact.timers[kind] = startTimer(world, atMs, { kind, of: contact });
}

export function disarmTimer(world: World, contact: Contact, kind: ContactTimer): void {
  const timers = contact.timers;
  if (timers) timers[kind] = stopTimer(world, timers[kind]);
}

export function disarmAll(world: World, contact: Contact): void {
  const timers = contact.timers;
  if (!timers) return;
  for (const kind of CONTACT_TIMERS) stopTimer(world, timers[kind]);
  contact.timers = undefined;
}

/** Starts what runs while a contact stands in line: limits, the next relaxation step, announcements. */
export function armWaiting(world: World, contact: Contact): void {
  const settings = contact.queue.settings;
  const away = contact.callback !== undefined;
  if (!away) armLimit(world, contact);
  const step = settings.relaxation[contact.step];
  if (step && contact.inNeed) armTimer(world, contact, 'step', contact.stepSinceMs + step.afterMs);
  if (settings.announce && !away && contact.announceNextMs > 0)
    armTimer(world, contact, 'announce', contact.announceNextMs);
}

export function armLimit(world: World, contact: Contact): void {
  let atMs = Number.POSITIVE_INFINITY;
  for (const limit of contact.queue.settings.waitingLimits) {
    if (limit.when === 'waited') atMs = Math.min(atMs, contact.enqueuedMs + limit.ms);
    else if (limit.when === 'estimated-wait') atMs = Math.min(atMs, world.nowMs + LIMIT_CHECK_MS);
  }
  if (atMs < Number.POSITIVE_INFINITY) armTimer(world, contact, 'limit', atMs);
}
