import { type ContactCursor, type ContactListItem, listContacts } from './contact-lists.ts';
import type { Queryable } from './database.ts';
import { type Recording, recordingsOf } from './recordings.ts';
import { type Segment, segmentsOf } from './segments.ts';

/** A contact as the customer's timeline shows it. */
export interface TimelineEntry extends ContactListItem {
  readonly segments: readonly Segment[];
  readonly recordingList: readonly Recording[];
}

export interface Timeline {
  readonly entries: readonly TimelineEntry[];
  readonly next?: ContactCursor;
}

/** What happened with a customer, newest first, at most `limit` contacts (1 to 50, default 20). */
export async function customerTimeline(
  db: Queryable,
  customerId: string,
  page: { readonly limit?: number; readonly after?: ContactCursor } = {},
): Promise<Timeline> {
  const limit = Math.min(page.limit ?? 20, 50);
  const { contacts, next } = await listContacts(db, { customerId }, { ...page, limit });
  const entries: TimelineEntry[] = [];
  for (const contact of contacts) {
    entries.push({
      ...contact,
      segments: await segmentsOf(db, contact.id),
      recordingList: contact.recordings > 0 ? await recordingsOf(db, contact.id) : [],
    });
  }
  return next === undefined ? { entries } : { entries, next };
}
