import { randomUUID } from 'node:crypto';
import type { Queryable } from './database.ts';

export interface User {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
  readonly locale: string;
  readonly disabled: boolean;
  readonly roleIds: readonly string[];
  /** What the user's roles allow, taken together. */
  readonly permissions: readonly string[];
}

export interface UserWithPassword extends User {
  readonly passwordHash: string;
}

export const USER_COLUMNS = `u.id, u.user_name as "userName", u.display_name as "displayName", u.locale, u.disabled,
  array(select r.role_id from user_roles r where r.user_id = u.id order by 1) as "roleIds",
  array(select distinct unnest(r.permissions) from user_roles m join roles r on r.id = m.role_id where m.user_id = u.id order by 1)
    as permissions`;

export interface NewUser {
  readonly userName: string;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly locale?: string;
  readonly roleIds?: readonly string[];
}

/** Throws `store.conflict` when the name is taken (capitals do not count) or a role does not exist. */
export async function createUser(db: Queryable, user: NewUser): Promise<string> {
  const id = randomUUID();
  await db.query(
    `with made as (
       insert into users (id, user_name, display_name, password_hash, locale) values ($1, $2, $3, $4, coalesce($5, 'zh-CN')) returning id)
     insert into user_roles (user_id, role_id) select made.id, r from made, unnest($6::text[]) as r`,
    [id, user.userName, user.displayName, user.passwordHash, user.locale ?? null, user.roleIds ?? []],
  );
  return id;
}

export async function findUserForSignIn(db: Queryable, userName: string): Promise<UserWithPassword | undefined> {
  const { rows } = await db.query<UserWithPassword>(
    `select ${USER_COLUMNS}, u.password_hash as "passwordHash" from users u where lower(u.user_name) = lower($1)`,
    [userName],
  );
  return rows[0];
}

export async function findUserWithPassword(db: Queryable, id: string): Promise<UserWithPassword | undefined> {
  const { rows } = await db.query<UserWithPassword>(
    `select ${USER_COLUMNS}, u.password_hash as "passwordHash" from users u where u.id = $1`,
    [id],
  );
  return rows[0];
}

/** How many other users who are not disabled have the role. */
export async function countOthersWithRole(db: Queryable, roleId: string, exceptUserId: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from users u join user_roles r on r.user_id = u.id
      where r.role_id = $1 and u.id <> $2 and not u.disabled`,
    [roleId, exceptUserId],
  );
  return rows[0]?.n ?? 0;
}

export async function findUser(db: Queryable, id: string): Promise<User | undefined> {
  return (await db.query<User>(`select ${USER_COLUMNS} from users u where u.id = $1`, [id])).rows[0];
}

/** All users by name, at most 10,000. */
export async function listUsers(db: Queryable): Promise<readonly User[]> {
  return (await db.query<User>(`select ${USER_COLUMNS} from users u order by lower(u.user_name) limit 10000`)).rows;
}

export async function countUsers(db: Queryable): Promise<number> {
  return (await db.query<{ n: number }>('select count(*) as n from users')).rows[0]?.n ?? 0;
}

export async function updateUser(
  db: Queryable,
  id: string,
  changes: {
    readonly displayName?: string;
    readonly locale?: string;
    readonly disabled?: boolean;
    readonly passwordHash?: string;
  },
): Promise<boolean> {
  const { changed } = await db.query(
    `update users set display_name = coalesce($2, display_name), locale = coalesce($3, locale), disabled = coalesce($4, disabled),
            password_hash = coalesce($5, password_hash), updated_at = now() where id = $1`,
    [id, changes.displayName ?? null, changes.locale ?? null, changes.disabled ?? null, changes.passwordHash ?? null],
  );
  return changed > 0;
}

/** Makes these the user's only roles. */
export async function setUserRoles(db: Queryable, userId: string, roleIds: readonly string[]): Promise<void> {
  await db.query('delete from user_roles where user_id = $1 and role_id <> all ($2::text[])', [userId, roleIds]);
  await db.query(
    'insert into user_roles (user_id, role_id) select $1, r from unnest($2::text[]) as r on conflict do nothing',
    [userId, roleIds],
  );
}
