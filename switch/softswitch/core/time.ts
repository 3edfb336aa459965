/** Microseconds since 1970 from milliseconds. */
export function microseconds(ms: number): number {
  return Math.round(ms * 1000);
}

const two = (value: number) => String(value).padStart(2, '0');

/** `2026-11-22 05:52:12` in the machine's time zone. */
export function localStamp(ms: number): string {
  const d = new Date(ms);
  return (
    `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ` +
    `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`
  );
}

/** `0 years, 0 days, 0 hours, 2 minutes, 52 seconds, 846 milliseconds, 66 microseconds`. */
export function spokenDuration(ms: number): string {
  const whole = Math.floor(ms);
  const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  const seconds = Math.floor(whole / 1000);
  return [
    plural(Math.floor(seconds / 31_536_000), 'year'),
    plural(Math.floor((seconds % 31_536_000) / 86_400), 'day'),
    plural(Math.floor((seconds % 86_400) / 3600), 'hour'),
    plural(Math.floor((seconds % 3600) / 60), 'minute'),
    plural(seconds % 60, 'second'),
    plural(whole % 1000, 'millisecond'),
    plural(Math.floor((ms - whole) * 1000), 'microsecond'),
  ].join(', ');
}
