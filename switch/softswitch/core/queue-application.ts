import { randomUUID } from 'node:crypto';
import { MAX_QUEUED_APPLICATIONS, type QueuedApplication, type Session, wake } from './session.ts';

/** Queues an application for the leg. False when too many wait already. */
export function queueApplication(
  session: Session,
  item: { readonly app: string; readonly data: string } & Partial<QueuedApplication>,
): boolean {
  if (session.queue.length >= MAX_QUEUED_APPLICATIONS) return false;
  session.queue.push({ loops: 1, eventUuid: randomUUID(), locked: false, leadMs: 0, ...item });
  wake(session);
  return true;
}
