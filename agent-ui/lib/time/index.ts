export { formatMoment, formatSeconds, formatSpan, formatTimeOfDay } from './format.ts';
export { createServerClock, type ServerClock, serverClock } from './server-clock.ts';
export { useSecondsSince, useSecondsUntil } from './ticker.ts';
export { Elapsed, Remaining } from './timers.tsx';
