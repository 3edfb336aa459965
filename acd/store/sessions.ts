import { instant, type Queryable } from './database.ts';
import { USER_COLUMNS, type User } from './users.ts';

export interface StoredSession {
  readonly tokenHash: string;
  readonly userId: string;
  readonly expiresAtMs: number;
}

export async function createSession(db: Queryable, session: StoredSession): Promise<void> {
  await db.query('insert into sessions (token_hash, user_id, expires_at) values ($1, $2, $3)', [
    session.tokenHash,
    session.userId,
    instant(session.expiresAtMs),
  ]);
}

/** The session's user, unless the session has expired or the user is disabled. */
export async function findSession(
  db: Queryable,
  tokenHash: string,
  nowMs: number,
): Promise<(StoredSession & { readonly user: User }) | undefined> {
  const { rows } = await db.query<User & { expiresAtMs: number }>(
    `select ${USER_COLUMNS}, s.expires_at as "expiresAtMs" from sessions s join users u on u.id = s.user_id
      where s.token_hash = $1 and s.expires_at > $2 and not u.disabled`,
    [tokenHash, instant(nowMs)],
  );
  const row = rows[0];
  if (!row) return undefined;
  const { expiresAtMs, ...user } = row;
  return { tokenHash, userId: user.id, expiresAtMs, user };
}

export async function extendSession(db: Queryable, tokenHash: string, expiresAtMs: number): Promise<boolean> {
  const { changed } = await db.query(
    'update sessions set expires_at = $2, last_seen_at = now() where token_hash = $1',
    [tokenHash, instant(expiresAtMs)],
  );
  return changed > 0;
}

export async function deleteSession(db: Queryable, tokenHash: string): Promise<void> {
  await db.query('delete from sessions where token_hash = $1', [tokenHash]);
}

/** Ends every session of the user, but for the one that `exceptTokenHash` names. */
export async function deleteSessionsOfUser(db: Queryable, userId: string, exceptTokenHash = ''): Promise<void> {
  await db.query('delete from sessions where user_id = $1 and token_hash <> $2', [userId, exceptTokenHash]);
}

export async function deleteExpiredSessions(db: Queryable, nowMs: number): Promise<number> {
  return (await db.query('delete from sessions where expires_at <= $1', [instant(nowMs)])).changed;
}

/** Those of the sessions that are neither expired nor of a disabled user. */
export async function liveSessions(
  db: Queryable,
  tokenHashes: readonly string[],
  nowMs: number,
): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ tokenHash: string }>(
    `select s.token_hash as "tokenHash" from sessions s join users u on u.id = s.user_id
      where s.token_hash = any ($1::text[]) and s.expires_at > $2 and not u.disabled`,
    [tokenHashes, instant(nowMs)],
  );
  return new Set(rows.map((row) => row.tokenHash));
}
