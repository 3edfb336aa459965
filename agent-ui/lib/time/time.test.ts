import { describe, expect, it } from 'vitest';
import { formatMoment, formatSeconds, formatSpan } from './format.ts';
import { createServerClock } from './server-clock.ts';

describe('the page shows the server’s time', () => {
  it('believes the message that came fastest, so that a late one does not make timers jump', () => {
    let local = 1_000;
    const clock = createServerClock(() => local);
    clock.read(11_000);
    expect(clock.nowMs()).toBe(11_000);
    local = 2_000;
    clock.read(11_400); // 600 ms late
    expect(clock.nowMs()).toBe(12_000);
  });
  it('follows a server clock that was set back once the old readings are gone', () => {
    const clock = createServerClock(() => 0);
    clock.read(9_000);
    for (let reading = 0; reading < 12; reading += 1) clock.read(1_000);
    expect(clock.nowMs()).toBe(1_000);
  });
  it('writes spans with the same width for the same length', () => {
    expect([formatSeconds(5), formatSeconds(151), formatSeconds(3725), formatSeconds(-3)]).toEqual([
      '00:05',
      '02:31',
      '1:02:05',
      '00:00',
    ]);
    expect(formatSpan(45_400)).toBe('00:45');
  });
  it('names the day only when it is not today', () => {
    const noon = new Date(2026, 4, 3, 12, 30).getTime();
    expect(formatMoment(noon, 'en', noon)).toBe('12:30');
    expect(formatMoment(noon, 'en', noon + 172_800_000)).toContain('May 3');
  });
});
