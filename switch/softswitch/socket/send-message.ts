import { randomUUID } from 'node:crypto';
import { findCause } from '../core/causes.ts';
import { isTrue } from '../core/channel.ts';
import { hangUp } from '../core/hang-up.ts';
import { queueApplication } from '../core/queue-application.ts';
import type { SwitchCore } from '../core/switch-core.ts';
import type { ClientCommand } from './command-reader.ts';

/** Most times that one message may repeat its application. */
const MAX_LOOPS = 1000;

/** `sendmsg UUID` with its headers: queues an application for a leg, or hangs it up. Gives the reply's text. */
export function sendMessage(sw: SwitchCore, rest: string, command: ClientCommand): string {
  const { headers } = command;
  const uuid = rest.trim() || (headers.get('session-id') ?? '');
  const session = sw.sessions.get(uuid);
  if (!session) return `-ERR invalid session id [${uuid}]`;
  session.controlledAtMs = sw.clock.now();
  const verb = headers.get('call-command')?.toLowerCase();
  if (verb === 'hangup') {
    hangUp(sw, session, findCause(headers.get('hangup-cause') ?? '') ?? 'NORMAL_CLEARING');
    return '+OK';
  }
  const app = headers.get('execute-app-name');
  if (verb !== 'execute' || !app) return '+OK';
  const loops = Number(headers.get('loops') ?? 1);
  const queued = queueApplication(session, {
    app,
    data: headers.get('execute-app-arg') ?? command.body ?? '',
    loops: Number.isInteger(loops) ? Math.min(Math.max(loops < 0 ? MAX_LOOPS : loops, 1), MAX_LOOPS) : 1,
    eventUuid: headers.get('event-uuid') ?? randomUUID(),
    locked: isTrue(headers.get('event-lock')),
  });
  return queued ? '+OK' : '-ERR memory error';
}
