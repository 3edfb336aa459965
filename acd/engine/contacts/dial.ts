import { estimateOf } from '../estimates/estimate.ts';
import { someoneReady } from '../matching/someone-ready.ts';
import type { Contact } from '../model.ts';
import { emit, type World } from '../world.ts';
import { unplace } from './place.ts';
import { armTimer } from './timers.ts';

const CHECK_LEAST_MS = 5_000;
const CHECK_MOST_MS = 30_000;

/** Asks for the customer to be dialled; the answer comes as an event, or counts as "no answer" in time. */
export function dialCustomer(world: World, contact: Contact): void {
  const plan = contact.callback!;
  plan.attempt++;
  contact.state = 'callback-dialling';
  const expiresMs = world.nowMs + contact.queue.settings.callback.dialTimeoutMs;
  armTimer(world, contact, 'callback', expiresMs);
  emit(world, {
    type: 'callback-dial',
    contactId: contact.id,
    number: plan.number,
    attempt: plan.attempt,
    ...(contact.agent ? { agentId: contact.agent.id } : {}),
    expiresMs,
  });
}

/** customer-first: dials when the estimate says that an agent will be free by then, or when one is free already. */
export function dialWhenItsTurn(world: World, contact: Contact): void {
  const need = contact.need!;
  const estimate = estimateOf(contact, world.nowMs);
  const soon = estimate.known && estimate.waitMs <= contact.queue.settings.callback.leadMs;
  const first = contact.queue.line.countBefore(contact, world.nowMs) === 0;
  if (need.live > 0 && (soon || (first && someoneReady(need)))) {
    unplace(world, contact);
    dialCustomer(world, contact);
    return;
  }
  const inMs = estimate.known ? (estimate.waitMs - contact.queue.settings.callback.leadMs) / 2 : CHECK_LEAST_MS;
  armTimer(
    world,
    contact,
    'callback',
    world.nowMs + Math.round(Math.min(CHECK_MOST_MS, Math.max(CHECK_LEAST_MS, inMs))),
  );
}
