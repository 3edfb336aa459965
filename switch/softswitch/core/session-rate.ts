import type { SwitchCore } from './switch-core.ts';

/** Sessions that began in the running second. */
export function sessionsThisSecond(sw: SwitchCore): number {
  return sw.counters.perSecondAt === Math.floor(sw.clock.now() / 1000) ? sw.counters.perSecond : 0;
}

/** Counts one more session in; false when there are too many, at once or in this second. */
export function admitSession(sw: SwitchCore): boolean {
  const { counters } = sw;
  if (sw.sessions.size >= sw.maxSessions || sessionsThisSecond(sw) >= sw.maxSessionsPerSecond) return false;
  const second = Math.floor(sw.clock.now() / 1000);
  counters.perSecond = counters.perSecondAt === second ? counters.perSecond + 1 : 1;
  counters.perSecondAt = second;
  counters.perSecondPeak = Math.max(counters.perSecondPeak, counters.perSecond);
  counters.sessionsSinceStart++;
  counters.sessionsPeak = Math.max(counters.sessionsPeak, sw.sessions.size + 1);
  return true;
}
