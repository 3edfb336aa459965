import { randomUUID } from 'node:crypto';
import { publishChannelEvent } from './build-event.ts';
import { setVariable } from './channel.ts';
import type { Header } from './event.ts';
import type { QueuedApplication, Session } from './session.ts';
import type { SwitchCore } from './switch-core.ts';
import { mayGoOn, nextWake } from './wait.ts';

/** Runs one application on the leg, between its EXECUTE and EXECUTE_COMPLETE events. Unknown ones do nothing but log. */
export async function executeApplication(
  sw: SwitchCore,
  session: Session,
  app: string,
  data: string,
  eventUuid: string = randomUUID(),
): Promise<void> {
  const { channel } = session;
  const run = sw.applications.get(app.toLowerCase());
  if (!run) {
    sw.logger.warn({ legId: channel.uuid, app }, 'application is not known');
    return;
  }
  setVariable(channel, 'current_application_response', undefined);
  setVariable(channel, 'current_application', app);
  setVariable(channel, 'current_application_data', data);
  session.lastApp = { app, data };
  session.shownApp = session.lastApp;
  const about: Header[] = [['Application', app]];
  if (data !== '') about.push(['Application-Data', data]);
  publishChannelEvent(sw, channel, 'CHANNEL_EXECUTE', { after: [...about, ['Application-UUID', eventUuid]] });
  try {
    await run(sw, session, data);
  } catch (cause) {
    sw.logger.error({ legId: channel.uuid, app, err: cause }, 'application failed');
  }
  const response = channel.variables.get('current_application_response') ?? '_none_';
  publishChannelEvent(sw, channel, 'CHANNEL_EXECUTE_COMPLETE', {
    after: [...about, ['Application-Response', response], ['Application-UUID', eventUuid]],
  });
}

async function runQueued(sw: SwitchCore, session: Session, item: QueuedApplication): Promise<void> {
  const { channel } = session;
  if (item.leadMs > 0) await nextWake(session, sw.clock, { timeoutMs: item.leadMs, deaf: true });
  if (item.locked) session.locks++;
  try {
    for (let loop = 1; loop <= item.loops && mayGoOn(session); loop++) {
      setVariable(channel, 'current_loop', String(loop));
      setVariable(channel, 'total_loops', String(item.loops));
      await executeApplication(sw, session, item.app, item.data, item.eventUuid);
    }
  } finally {
    if (item.locked) session.locks--;
    setVariable(channel, 'current_loop', undefined);
    setVariable(channel, 'total_loops', undefined);
  }
}

/** Runs what was queued for the leg by `sendmsg` or `uuid_broadcast`, in order, until nothing is left or the leg must go on elsewhere. */
export async function runQueue(sw: SwitchCore, session: Session): Promise<void> {
  while (mayGoOn(session) && session.locks === 0) {
    const item = session.queue.shift();
    if (!item) return;
    await runQueued(sw, session, item);
  }
}
