import { plainEvent } from './build-event.ts';
import { VERSION } from './identity.ts';
import { sessionsThisSecond } from './session-rate.ts';
import type { SwitchCore } from './switch-core.ts';
import { spokenDuration } from './time.ts';

/** Says every now and then that the switch is alive, and how busy. Returns how to stop. */
export function startHeartbeat(sw: SwitchCore): () => void {
  const everyMs = sw.settings.heartbeatSec * 1000;
  let timer = sw.clock.after(everyMs, beat);
  function beat(): void {
    const { counters } = sw;
    const upMs = sw.clock.now() - sw.startedAtMs;
    sw.bus.publish(
      plainEvent(sw, 'HEARTBEAT', [
        ['Event-Info', 'System Ready'],
        ['Up-Time', spokenDuration(upMs)],
        ['FreeSWITCH-Version', VERSION.long],
        ['Uptime-msec', String(upMs)],
        ['Session-Count', String(sw.sessions.size)],
        ['Max-Sessions', String(sw.maxSessions)],
        ['Session-Per-Sec', String(sw.maxSessionsPerSecond)],
        ['Session-Per-Sec-Last', String(sessionsThisSecond(sw))],
        ['Session-Per-Sec-Max', String(counters.perSecondPeak)],
        ['Session-Per-Sec-FiveMin', String(counters.perSecondPeak)],
        ['Session-Since-Startup', String(counters.sessionsSinceStart)],
        ['Session-Peak-Max', String(counters.sessionsPeak)],
        ['Session-Peak-FiveMin', String(counters.sessionsPeak)],
        ['Idle-CPU', '100.000000'],
      ]),
    );
    timer = sw.clock.after(everyMs, beat);
  }
  return () => timer.cancel();
}
