import { CONTACT_COLUMNS, type Contact } from './contacts.ts';
import { instant, type Queryable, type SqlValue } from './database.ts';

/** Where a page of contacts ends: the next one begins behind it. Newest first, so pages stay whole while contacts arrive. */
export interface ContactCursor {
  readonly startedAtMs: number;
  readonly id: string;
}

export interface ContactFilter {
  readonly contactId?: string;
  readonly customerId?: string;
  readonly agentId?: string;
  readonly queueId?: string;
  readonly channel?: string;
  readonly outcome?: string;
  readonly open?: boolean;
  readonly fromMs?: number;
  /** Up to, and without. */
  readonly toMs?: number;
}

/** A contact with what a list shows of it. */
export interface ContactListItem extends Contact {
  readonly customerName: string | null;
  readonly agentIds: readonly string[];
  readonly queueIds: readonly string[];
  readonly recordings: number;
}

export interface ContactPage {
  readonly contacts: readonly ContactListItem[];
  /** Absent on the last page. */
  readonly next?: ContactCursor;
}

/** The most that one page holds. */
export const CONTACT_PAGE_LIMIT = 200;

/** Contacts newest first, at most `limit` (1 to 200, default 50), behind `after`. */
export async function listContacts(
  db: Queryable,
  filter: ContactFilter,
  page: { readonly limit?: number; readonly after?: ContactCursor } = {},
): Promise<ContactPage> {
  const limit = Math.min(Math.max(1, Math.trunc(page.limit ?? 50)), CONTACT_PAGE_LIMIT);
  const values: SqlValue[] = [];
  const bind = (value: SqlValue) => `$${values.push(value)}`;
  const where = conditions(filter, bind);
  if (page.after) {
    where.push(
      `(c.started_at, c.id) < (${bind(instant(page.after.startedAtMs))}::timestamptz, ${bind(page.after.id)})`,
    );
  }
  const { rows } = await db.query<ContactListItem>(
    `select ${CONTACT_COLUMNS}, u.display_name as "customerName",
            array(select distinct s.agent_id from segments s where s.contact_id = c.id and s.agent_id is not null) as "agentIds",
            array(select distinct s.queue_id from segments s where s.contact_id = c.id and s.queue_id is not null) as "queueIds",
            (select count(*) from recordings r where r.contact_id = c.id) as recordings
       from contacts c left join customers u on u.id = c.customer_id
      ${where.length > 0 ? `where ${where.join(' and ')}` : ''}
      order by c.started_at desc, c.id desc limit ${bind(limit + 1)}`,
    values,
  );
  const contacts = rows.slice(0, limit);
  const last = contacts.at(-1);
  return rows.length > limit && last
    ? { contacts, next: { startedAtMs: last.startedAtMs, id: last.id } }
    : { contacts };
}

function conditions(filter: ContactFilter, bind: (value: SqlValue) => string): string[] {
  const where: string[] = [];
  const segment = (column: string, value: string) =>
    `exists (select 1 from segments s where s.contact_id = c.id and s.${column} = ${bind(value)})`;
  if (filter.contactId !== undefined) where.push(`c.id = ${bind(filter.contactId)}`);
  if (filter.customerId !== undefined) where.push(`c.customer_id = ${bind(filter.customerId)}`);
  if (filter.channel !== undefined) where.push(`c.channel = ${bind(filter.channel)}`);
  if (filter.outcome !== undefined) where.push(`c.outcome = ${bind(filter.outcome)}`);
  if (filter.open !== undefined) where.push(`c.closed_at is ${filter.open ? '' : 'not '}null`);
  if (filter.fromMs !== undefined) where.push(`c.started_at >= ${bind(instant(filter.fromMs))}`);
  if (filter.toMs !== undefined) where.push(`c.started_at < ${bind(instant(filter.toMs))}`);
  if (filter.agentId !== undefined) where.push(segment('agent_id', filter.agentId));
  if (filter.queueId !== undefined) where.push(segment('queue_id', filter.queueId));
  return where;
}
