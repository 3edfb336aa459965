/** `5` → `00:05`, `3725` → `1:02:05`. Seconds are whole. */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** A span in ms as `mm:ss` or `h:mm:ss`. */
export function formatSpan(spanMs: number): string {
  return formatSeconds(Math.round(spanMs / 1000));
}

/** The time of day by locale, e.g. `14:05`. */
export function formatTimeOfDay(momentMs: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(momentMs);
}

/** Day and time by locale; the day is left out when it is today. */
export function formatMoment(momentMs: number, locale: string, nowMs: number): string {
  const sameDay = new Date(momentMs).toDateString() === new Date(nowMs).toDateString();
  if (sameDay) return formatTimeOfDay(momentMs, locale);
  return new Intl.DateTimeFormat(locale, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(momentMs);
}
