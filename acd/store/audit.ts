import type { Queryable } from './database.ts';

/** Who did what to which thing. Never passwords or content; `detail` names what changed. */
export interface AuditEntry {
  readonly actorId: string | null;
  readonly action: string;
  readonly objectKind: string;
  readonly objectId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export async function addAudit(
  db: Queryable,
  entry: Omit<AuditEntry, 'detail'> & Partial<Pick<AuditEntry, 'detail'>>,
): Promise<void> {
  await db.query(
    'insert into audit (actor_id, action, object_kind, object_id, detail) values ($1, $2, $3, $4, $5::jsonb)',
    [entry.actorId, entry.action, entry.objectKind, entry.objectId, JSON.stringify(entry.detail ?? {})],
  );
}

/** Newest first, at most `limit` (1 to 500, default 100), older than the entry `beforeId`. */
export async function listAudit(
  db: Queryable,
  page: { readonly limit?: number; readonly beforeId?: number } = {},
): Promise<readonly (AuditEntry & { readonly id: number; readonly atMs: number })[]> {
  const { rows } = await db.query<AuditEntry & { id: number; atMs: number }>(
    `select id, at as "atMs", actor_id as "actorId", action, object_kind as "objectKind", object_id as "objectId", detail
       from audit where $1::bigint is null or id < $1 order by id desc limit $2`,
    [page.beforeId ?? null, Math.min(Math.max(1, page.limit ?? 100), 500)],
  );
  return rows;
}
