import { nextTime } from '../hours/local-time.ts';
import type { Contact } from '../model.ts';
import { emit, type World } from '../world.ts';
import { joinLine, leaveLine } from './line.ts';
import { armTimer } from './timers.ts';

/** Whether a contact without its customer may be matched now. If not, the timer for its next step runs. */
export function scheduleAway(world: World, contact: Contact): boolean {
  const plan = contact.callback!;
  const rules = contact.queue.settings.callback;
  const calendar = rules.calendarId === undefined ? undefined : world.calendars.get(rules.calendarId);
  const wantedMs = Math.max(plan.dueMs, world.nowMs);
  const dueMs = calendar ? (nextTime(calendar, wantedMs, true) ?? wantedMs) : wantedMs;
  if (dueMs > world.nowMs) {
    contact.state = 'callback-scheduled';
    leaveLine(world, contact);
    armTimer(world, contact, 'callback', dueMs);
    emit(world, { type: 'callback-waiting', contactId: contact.id, attempt: plan.attempt, nextMs: dueMs });
    return false;
  }
  plan.dueMs = 0;
  joinLine(world, contact);
  if (plan.mode === 'customer-first') {
    armTimer(world, contact, 'callback', world.nowMs);
    return false;
  }
  const closesMs = calendar && nextTime(calendar, world.nowMs, false);
  if (closesMs !== undefined && closesMs > world.nowMs) armTimer(world, contact, 'callback', closesMs);
  return true;
}
