import { checkReserve } from '../agents/reserve.ts';
import { dialWhenItsTurn } from '../contacts/dial.ts';
import { applyLimit } from '../contacts/enter.ts';
import { waitingLimit } from '../contacts/limits.ts';
import { place, unplace } from '../contacts/place.ts';
import { attemptFailed } from '../contacts/plan-callback.ts';
import { freeReserved } from '../contacts/pull-out.ts';
import { takeStep } from '../contacts/relax.ts';
import { armLimit } from '../contacts/timers.ts';
import { announce } from '../estimates/announce.ts';
import { isOpen } from '../hours/local-time.ts';
import { refreshReady } from '../matching/readiness.ts';
import { ringMore } from '../matching/serve.ts';
import type { Contact, ContactTimer, Due } from '../model.ts';
import { refuseOffer } from '../work/offer.ts';
import { endWrapUp } from '../work/wrap-up.ts';
import type { World } from '../world.ts';

const CONTACT_DUE: Readonly<Record<ContactTimer, (world: World, contact: Contact) => void>> = {
  limit: (world, contact) => {
    const limit = waitingLimit(world, contact);
    if (limit) applyLimit(world, contact, limit);
    else armLimit(world, contact);
  },
  step: (world, contact) => {
    unplace(world, contact);
    takeStep(world, contact, 'waited');
    place(world, contact);
  },
  announce,
  preferred: (world, contact) => {
    unplace(world, contact);
    place(world, contact);
  },
  callback: callbackDue,
  'ring-more': ringMore,
};

/** What happens when a time has come. Every state that lasts has one of these or an event that leaves it. */
export function fallDue(world: World, due: Due) {
  switch (due.kind) {
    case 'offer':
      due.of.timer = undefined;
      return refuseOffer(world, due.of, 'timed-out');
    case 'wrap-up':
      due.of.timer = undefined;
      return endWrapUp(world, due.of, 'timed-out');
    case 'resume':
      due.of.pauseTimer = undefined;
      world.changed.add(due.of);
      return refreshReady(world, due.of);
    case 'reserve':
      due.of.reserveTimer = undefined;
      return checkReserve(world, due.of);
    default:
      if (due.of.timers) due.of.timers[due.kind] = undefined;
      return CONTACT_DUE[due.kind](world, due.of);
  }
}

function callbackDue(world: World, contact: Contact) {
  if (contact.state === 'callback-dialling') {
    freeReserved(world, contact);
    attemptFailed(world, contact);
  } else if (
    contact.state === 'callback-virtual' &&
    contact.callback?.mode === 'customer-first' &&
    !closedNow(world, contact)
  ) {
    dialWhenItsTurn(world, contact);
  } else {
    unplace(world, contact);
    place(world, contact);
  }
}

function closedNow(world: World, contact: Contact): boolean {
  const id = contact.queue.settings.callback.calendarId;
  const calendar = id === undefined ? undefined : world.calendars.get(id);
  return calendar !== undefined && !isOpen(calendar, world.nowMs);
}
