import type { Calendar, Period } from '../configuration.ts';
import type { World } from '../world.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Number of the local day, for readings of "today". */
export function dayOf(world: World, atMs: number): number {
  return Math.floor((atMs + (world.configuration.utcOffsetMinutes ?? 480) * MINUTE_MS) / DAY_MS);
}

function offsetMs(calendar: Calendar, atMs: number): number {
  let minutes = calendar.utcOffsetMinutes;
  for (const change of calendar.offsetChanges ?? []) {
    if (change.fromMs > atMs) break;
    minutes = change.utcOffsetMinutes;
  }
  return minutes * MINUTE_MS;
}

function periodsOf(calendar: Calendar, localDay: number): readonly Period[] {
  const date = new Date(localDay * DAY_MS);
  const name = date.toISOString().slice(0, 10);
  const own = calendar.dates;
  if (own && Object.hasOwn(own, name)) return own[name]!;
  return calendar.week[date.getUTCDay()] ?? [];
}

/** Whether the calendar is open at this time. */
export function isOpen(calendar: Calendar, atMs: number): boolean {
  const local = atMs + offsetMs(calendar, atMs);
  const day = Math.floor(local / DAY_MS);
  const minute = (local - day * DAY_MS) / MINUTE_MS;
  return periodsOf(calendar, day).some((period) => minute >= period.from && minute < period.to);
}

/** The first time from `atMs` on at which the calendar is open (or, with `open` false, closed); undefined when there is none within 400 days. */
export function nextTime(calendar: Calendar, atMs: number, open: boolean): number | undefined {
  if (isOpen(calendar, atMs) === open) return atMs;
  const firstDay = Math.floor((atMs + offsetMs(calendar, atMs)) / DAY_MS);
  for (let day = firstDay; day < firstDay + 400; day++) {
    const edges = [0, ...periodsOf(calendar, day).map((period) => (open ? period.from : period.to))].sort(
      (a, b) => a - b,
    );
    for (const minute of edges) {
      const local = day * DAY_MS + minute * MINUTE_MS;
      const at = local - offsetMs(calendar, local - offsetMs(calendar, local));
      if (at > atMs && isOpen(calendar, at) === open) return at;
    }
  }
  return undefined;
}
