import type { EngineEvent, EventType } from '../engine/index.ts';

/**
 * What happens to an event while the database is away. `refuse`: it begins something, so whoever asks is told at once and can try again.
 * `keep`: it happened already, to a call or an agent that is there; it waits in memory and is journaled when the database is back.
 */
export const WHILE_AWAY = {
  'contact-enqueued': 'refuse',
  'contact-moved': 'refuse',
  'contact-reprioritised': 'refuse',
  'contact-assigned': 'refuse',
  'contact-pulled': 'refuse',
  'agent-signed-in': 'refuse',
  'agent-changed': 'refuse',
  'agent-drained': 'refuse',
  'transferred-to-queue': 'refuse',
  'transferred-to-agent': 'refuse',
  'callback-accepted': 'refuse',
  'configuration-changed': 'refuse',
  'wrap-up-extended': 'refuse',
  'contact-abandoned': 'keep',
  'contact-withdrawn': 'keep',
  'agent-signed-out': 'keep',
  'agent-lost': 'keep',
  'agent-status-changed': 'keep',
  'agent-forced': 'keep',
  'offer-accepted': 'keep',
  'offer-declined': 'keep',
  'offer-failed': 'keep',
  'offer-withdrawn': 'keep',
  'assignment-ended': 'keep',
  'wrap-up-ended': 'keep',
  'callback-attempted': 'keep',
  tick: 'refuse',
} as const satisfies Record<EventType, 'refuse' | 'keep'>;

/** True when the event waits for the database instead of being refused. */
export function isKeptWhileAway(event: EngineEvent): boolean {
  if (event.type === 'agent-status-changed') return event.status !== 'available';
  return WHILE_AWAY[event.type] === 'keep';
}

/**
 * What undoes an event whose sender was told "unavailable" although the database had taken it before it went away.
 * A command by a person needs nothing: its result shows on the page.
 */
export function undoing(event: EngineEvent): EngineEvent | undefined {
  if (event.type !== 'contact-enqueued') return undefined;
  return { type: 'contact-withdrawn', contactId: event.contactId, why: 'store-unavailable' };
}
