import { describe, expect, it } from 'vitest';
import { calendarSchema, openingAt } from './calendar.ts';

const calendar = calendarSchema.parse({
  timeZone: 'Asia/Shanghai',
  weekly: [
    {
      days: [1, 2, 3, 4, 5],
      periods: [
        { from: '09:00', to: '12:00' },
        { from: '13:30', to: '18:00' },
      ],
    },
    { days: [7], periods: [{ from: '22:00', to: '24:00' }] },
  ],
  holidays: [{ date: '2026-10-01' }, { date: '2026-10-02', periods: [{ from: '10:00', to: '12:00' }] }],
});
const at = (local: string) => openingAt(calendar, Date.parse(`${local}+08:00`));

describe('opening hours', () => {
  it('knows several periods a day, ends excluded', () => {
    expect(
      ['08:59', '09:00', '11:59', '12:00', '13:29', '13:30', '17:59', '18:00'].map((time) => at(`2026-11-23T${time}`)),
    ).toEqual(['closed', 'open', 'open', 'closed', 'closed', 'open', 'open', 'closed']);
  });
  it('is open up to midnight', () => {
    expect(at('2026-11-22T23:59')).toBe('open');
    expect(at('2026-11-23T00:00')).toBe('closed');
  });
  it('lets a holiday replace the day', () => {
    expect(at('2026-10-01T10:00')).toBe('holiday');
    expect(at('2026-10-02T10:00')).toBe('open');
    expect(at('2026-10-02T15:00')).toBe('holiday');
  });
  it('refuses an unknown zone and a period that ends before it begins', () => {
    expect(calendarSchema.safeParse({ timeZone: 'Mars/Base', weekly: [] }).success).toBe(false);
    const weekly = [{ days: [1], periods: [{ from: '12:00', to: '09:00' }] }];
    expect(calendarSchema.safeParse({ timeZone: 'UTC', weekly }).success).toBe(false);
  });
});
