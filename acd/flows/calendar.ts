import { z } from 'zod';

const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time such as 09:30, up to 24:00');
const periodSchema = z
  .strictObject({ from: timeSchema, to: timeSchema })
  .refine((period) => period.from < period.to, { message: 'the period must end after it begins', path: ['to'] });

/** A time zone that this machine knows, e.g. `Asia/Shanghai`. */
export const timeZoneSchema = z.string().refine(
  (zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  },
  { message: 'an IANA time zone such as Asia/Shanghai' },
);

/** Opening hours: several periods a day, and days that differ. Weekdays are 1 (Monday) to 7, as in ISO 8601. */
export const calendarSchema = z.strictObject({
  timeZone: timeZoneSchema,
  weekly: z
    .array(
      z.strictObject({
        days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
        periods: z.array(periodSchema).min(1).max(8),
      }),
    )
    .max(20),
  /** Days that replace the weekly hours; no period means closed all day. */
  holidays: z
    .array(
      z.strictObject({
        date: z.iso.date(),
        name: z.string().max(60).optional(),
        periods: z.array(periodSchema).max(8).default([]),
      }),
    )
    .max(400)
    .default([]),
});
export type Calendar = z.infer<typeof calendarSchema>;

interface LocalMoment {
  readonly date: string;
  readonly weekday: number;
  readonly time: string;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const formats = new Map<string, Intl.DateTimeFormat>();

function localMoment(atMs: number, timeZone: string): LocalMoment {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(atMs).map((part) => [part.type, part.value]));
  return {
    date: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`,
    weekday: WEEKDAYS.indexOf(parts.get('weekday') ?? '') + 1,
    time: `${parts.get('hour')}:${parts.get('minute')}`,
  };
}

/** What a calendar says of a moment. */
export type Opening = 'open' | 'closed' | 'holiday';

/** Whether it is open at `atMs`. A day under `holidays` counts as a holiday outside of its own periods. */
export function openingAt(calendar: Calendar, atMs: number): Opening {
  const moment = localMoment(atMs, calendar.timeZone);
  const within = (periods: readonly { from: string; to: string }[]) =>
    periods.some((period) => period.from <= moment.time && moment.time < period.to);
  const holiday = calendar.holidays.find((day) => day.date === moment.date);
  if (holiday) return within(holiday.periods) ? 'open' : 'holiday';
  const open = calendar.weekly.some((row) => row.days.includes(moment.weekday) && within(row.periods));
  return open ? 'open' : 'closed';
}
