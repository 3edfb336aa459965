import { type Database, instant, instantOrNull, type Queryable } from './database.ts';
import { closeOpenSegment, lockContact, type NewSegment, openFirstSegment } from './segments.ts';

export const DIRECTIONS = ['inbound', 'outbound', 'internal'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export interface Contact {
  readonly id: string;
  readonly channel: string;
  readonly direction: Direction;
  readonly customerId: string | null;
  /** The customer's side as the line said it, and ours. */
  readonly remoteAddress: string | null;
  readonly localAddress: string | null;
  readonly flowId: string | null;
  /** What the customer wants, as far as the flow found out. */
  readonly reason: string | null;
  /** The switch that holds the call. */
  readonly node: string | null;
  readonly startedAtMs: number;
  readonly answeredAtMs: number | null;
  /** When the customer left. */
  readonly endedAtMs: number | null;
  /** When nothing more was to be done: wrap-up is over. */
  readonly closedAtMs: number | null;
  readonly outcome: string | null;
  readonly outcomeDetail: string | null;
  readonly endCause: string | null;
  readonly dispositionId: string | null;
  readonly notes: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

export const CONTACT_COLUMNS = `c.id, c.channel, c.direction, c.customer_id as "customerId", c.remote_address as "remoteAddress",
  c.local_address as "localAddress", c.flow_id as "flowId", c.reason, c.node, c.started_at as "startedAtMs",
  c.answered_at as "answeredAtMs", c.ended_at as "endedAtMs", c.closed_at as "closedAtMs", c.outcome,
  c.outcome_detail as "outcomeDetail", c.end_cause as "endCause", c.disposition_id as "dispositionId", c.notes, c.variables`;

export interface NewContact {
  readonly id: string;
  readonly channel: string;
  readonly direction: Direction;
  readonly customerId?: string;
  readonly remoteAddress?: string;
  readonly localAddress?: string;
  readonly flowId?: string;
  readonly node?: string;
  readonly startedAtMs: number;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Where the contact begins; its segment starts with the contact. */
  readonly first: NewSegment;
}

/** Stores the contact with its first segment. Asked again with the same id it changes nothing, and answers false. */
export async function createContact(db: Database, contact: NewContact): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { changed } = await tx.query(
      `insert into contacts (id, channel, direction, customer_id, remote_address, local_address, flow_id, node, started_at, variables)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb) on conflict (id) do nothing`,
      [
        contact.id,
        contact.channel,
        contact.direction,
        contact.customerId ?? null,
        contact.remoteAddress ?? null,
        contact.localAddress ?? null,
        contact.flowId ?? null,
        contact.node ?? null,
        instant(contact.startedAtMs),
        JSON.stringify(contact.variables ?? {}),
      ],
    );
    if (changed === 0) return false;
    await openFirstSegment(tx, contact.id, contact.first, contact.startedAtMs);
    return true;
  });
}

export interface ContactChanges {
  readonly customerId?: string;
  readonly flowId?: string;
  readonly reason?: string;
  readonly node?: string;
  /** Kept from the first time. */
  readonly answeredAtMs?: number;
  readonly dispositionId?: string;
  readonly notes?: string;
  /** Added to what is there. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Changes what is given and leaves the rest. False when there is no such contact. */
export async function updateContact(db: Queryable, id: string, changes: ContactChanges): Promise<boolean> {
  const { changed } = await db.query(
    `update contacts set customer_id = coalesce($2, customer_id), flow_id = coalesce($3, flow_id), reason = coalesce($4, reason),
            node = coalesce($5, node), answered_at = coalesce(answered_at, $6), disposition_id = coalesce($7, disposition_id),
            notes = coalesce($8, notes), variables = variables || $9::jsonb
      where id = $1`,
    [
      id,
      changes.customerId ?? null,
      changes.flowId ?? null,
      changes.reason ?? null,
      changes.node ?? null,
      instantOrNull(changes.answeredAtMs),
      changes.dispositionId ?? null,
      changes.notes ?? null,
      JSON.stringify(changes.variables ?? {}),
    ],
  );
  return changed > 0;
}

/** The customer left. The first outcome stays: asked again, or for a contact that is not there, it changes nothing and answers false. */
export async function endContact(
  db: Queryable,
  id: string,
  end: { readonly atMs: number; readonly outcome: string; readonly detail?: string; readonly cause?: string },
): Promise<boolean> {
  const { changed } = await db.query(
    `update contacts set ended_at = greatest($2, started_at), outcome = $3, outcome_detail = $4, end_cause = $5
      where id = $1 and ended_at is null`,
    [id, instant(end.atMs), end.outcome, end.detail ?? null, end.cause ?? null],
  );
  return changed > 0;
}

/** Nothing more is to be done: ends the open segment with the contact. False when it has not ended yet, or is closed already. */
export async function closeContact(db: Database, id: string, atMs: number): Promise<boolean> {
  return db.transaction(async (tx) => {
    if (!(await lockContact(tx, id))) return false;
    const { rows } = await tx.query<{ ready: boolean }>(
      'select ended_at is not null and closed_at is null as ready from contacts where id = $1',
      [id],
    );
    if (!rows[0]?.ready) return false;
    await closeOpenSegment(tx, id, atMs, 'closed');
    await tx.query(
      `update contacts set closed_at = greatest($2, ended_at,
              (select max(ended_at) from segments where contact_id = $1 and not aside))
        where id = $1`,
      [id, instant(atMs)],
    );
    return true;
  });
}

export async function findContact(db: Queryable, id: string): Promise<Contact | undefined> {
  const { rows } = await db.query<Contact>(`select ${CONTACT_COLUMNS} from contacts c where c.id = $1`, [id]);
  return rows[0];
}

/** Contacts that are not closed: what a server that starts again has to compare with the switch. */
export async function listOpenContacts(db: Queryable): Promise<readonly Contact[]> {
  const { rows } = await db.query<Contact>(
    `select ${CONTACT_COLUMNS} from contacts c where c.closed_at is null order by c.started_at, c.id`,
  );
  return rows;
}
