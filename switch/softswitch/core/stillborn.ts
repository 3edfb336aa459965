import { randomUUID } from 'node:crypto';
import { publishChannelEvent } from './build-event.ts';
import { newChannel, setVariable } from './channel.ts';
import type { SwitchCore } from './switch-core.ts';

/** A dial string whose gateway or profile does not exist: FreeSWITCH makes a channel and destroys it before it is anybody's. */
export function tellStillborn(sw: SwitchCore): void {
  const channel = newChannel({
    uuid: randomUUID(),
    direction: 'outbound',
    name: 'N/A',
    sessionId: sw.counters.sessionsSinceStart,
    createdAtMs: sw.clock.now(),
  });
  channel.state = 'CS_NEW';
  for (const [name, value] of [
    ['direction', 'outbound'],
    ['is_outbound', 'true'],
    ['uuid', channel.uuid],
    ['call_uuid', channel.uuid],
    ['session_id', String(channel.sessionId)],
  ] as const) {
    setVariable(channel, name, value);
  }
  publishChannelEvent(sw, channel, 'CHANNEL_DESTROY');
  channel.runningState = 'CS_DESTROY';
  publishChannelEvent(sw, channel, 'CHANNEL_STATE');
}
