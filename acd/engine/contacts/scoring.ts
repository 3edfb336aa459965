import type { Contact } from '../model.ts';
import { placeKey, UNITS_PER_POINT } from '../order/score.ts';
import type { World } from '../world.ts';

/** Works out base, acceleration and cap of a contact. Only while it stands in no line: its place depends on them. */
export function setScore(world: World, contact: Contact): void {
  const settings = contact.queue.settings;
  const segments = world.configuration.segments;
  const segment =
    contact.segment !== undefined && segments && Object.hasOwn(segments, contact.segment)
      ? segments[contact.segment]
      : undefined;
  const points =
    contact.priority +
    contact.raised +
    settings.priority +
    (segment?.priority ?? 0) +
    (world.configuration.channelPriority?.[contact.channel] ?? 0);
  const ageing = segment?.ageing ?? settings.ageing;
  contact.base = points * UNITS_PER_POINT;
  contact.gain = ageing.pointsPerMinute;
  contact.cap = ageing.cap === undefined || ageing.pointsPerMinute === 0 ? -1 : ageing.cap * UNITS_PER_POINT;
  contact.key = placeKey(contact);
}
