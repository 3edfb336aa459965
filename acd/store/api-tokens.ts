import { instant, type Queryable } from './database.ts';

/** What another system shows in place of a session. The token itself is kept nowhere. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly string[];
  /** The user who made it; null when that user is gone. */
  readonly createdBy: string | null;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number | null;
  readonly revokedAtMs: number | null;
}

const COLUMNS = `id, name, permissions, created_by as "createdBy", created_at as "createdAtMs", last_used_at as "lastUsedAtMs",
  revoked_at as "revokedAtMs"`;

/** Throws `store.conflict` when a token that is in force has the name (capitals do not count). */
export async function createApiToken(
  db: Queryable,
  token: Pick<ApiToken, 'id' | 'name' | 'permissions' | 'createdAtMs'> & {
    readonly tokenHash: string;
    readonly createdBy: string;
  },
): Promise<void> {
  await db.query(
    'insert into api_tokens (id, token_hash, name, permissions, created_by, created_at) values ($1, $2, $3, $4::text[], $5, $6)',
    [token.id, token.tokenHash, token.name, token.permissions, token.createdBy, instant(token.createdAtMs)],
  );
}

/** Undefined when it is unknown or revoked. */
export async function findApiToken(db: Queryable, tokenHash: string): Promise<ApiToken | undefined> {
  const { rows } = await db.query<ApiToken>(
    `select ${COLUMNS} from api_tokens where token_hash = $1 and revoked_at is null`,
    [tokenHash],
  );
  return rows[0];
}

/** Newest first, revoked ones too, at most 1,000. */
export async function listApiTokens(db: Queryable): Promise<readonly ApiToken[]> {
  return (await db.query<ApiToken>(`select ${COLUMNS} from api_tokens order by created_at desc, id limit 1000`)).rows;
}

/** False when there is none in force with that id. */
export async function revokeApiToken(db: Queryable, id: string, atMs: number): Promise<boolean> {
  const { changed } = await db.query('update api_tokens set revoked_at = $2 where id = $1 and revoked_at is null', [
    id,
    instant(atMs),
  ]);
  return changed > 0;
}

export async function markApiTokenUsed(db: Queryable, id: string, atMs: number): Promise<void> {
  await db.query('update api_tokens set last_used_at = $2 where id = $1', [id, instant(atMs)]);
}
