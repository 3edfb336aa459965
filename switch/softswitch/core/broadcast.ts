import { queueApplication } from './queue-application.ts';
import type { Session } from './session.ts';

/** FreeSWITCH lets a broadcast wait a little, so that whoever hears it is there. Seen in the traces: 120 ms. */
const LEAD_MS = 100;

/** Queues a sound, or `app::data` (also `app!CAUSE::data`), to run on the leg. */
export function broadcast(session: Session, path: string): boolean {
  const at = path.indexOf('::');
  const app = at < 0 ? 'playback' : (path.slice(0, at).split('!')[0] ?? 'playback');
  return queueApplication(session, { app, data: at < 0 ? path : path.slice(at + 2), locked: true, leadMs: LEAD_MS });
}
