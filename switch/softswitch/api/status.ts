import { VERSION } from '../core/identity.ts';
import { sessionsThisSecond } from '../core/session-rate.ts';
import type { ApiCommand } from '../core/switch-core.ts';
import { spokenDuration } from '../core/time.ts';

/** `status` */
export const status: ApiCommand = (sw) => {
  const { counters } = sw;
  return [
    `UP ${spokenDuration(sw.clock.now() - sw.startedAtMs)}`,
    `FreeSWITCH (Version ${VERSION.short} ${VERSION.human}) is ready`,
    `${counters.sessionsSinceStart} session(s) since startup`,
    `${sw.sessions.size} session(s) - peak ${counters.sessionsPeak}, last 5min ${counters.sessionsPeak} `,
    `${sessionsThisSecond(sw)} session(s) per Sec out of max ${sw.maxSessionsPerSecond}, peak ${counters.perSecondPeak}, ` +
      `last 5min ${counters.perSecondPeak} `,
    `${sw.maxSessions} session(s) max`,
    'min idle cpu 0.00/100.00',
    'Current Stack Size/Max 240K/8192K',
    '',
  ].join('\n');
};
