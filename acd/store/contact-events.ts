import { instant, type Queryable } from './database.ts';

/** Something that happened to a contact and is shown in its story: a digit sent, a hold, a failed offer, a note. No audio, no secrets. */
export interface ContactEvent {
  readonly atMs: number;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export async function addContactEvents(
  db: Queryable,
  events: readonly (ContactEvent & { readonly contactId: string })[],
): Promise<void> {
  if (events.length === 0) return;
  await db.query(
    `insert into contact_events (contact_id, at, kind, data)
     select e.contact_id, e.at, e.kind, e.data::jsonb
       from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[]) with ordinality as e (contact_id, at, kind, data, position)
       join contacts c on c.id = e.contact_id order by e.position`,
    [
      events.map((event) => event.contactId),
      events.map((event) => instant(event.atMs)),
      events.map((event) => event.kind),
      events.map((event) => JSON.stringify(event.data)),
    ],
  );
}

/** The contact's story in order, at most 1,000 events. */
export async function contactEvents(db: Queryable, contactId: string): Promise<readonly ContactEvent[]> {
  const { rows } = await db.query<ContactEvent>(
    'select at as "atMs", kind, data from contact_events where contact_id = $1 order by at, id limit 1000',
    [contactId],
  );
  return rows;
}
