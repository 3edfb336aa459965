import type { Queryable } from './database.ts';

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly string[];
}

/** Makes the role, or gives it this name and these permissions. */
export async function saveRole(db: Queryable, role: Role): Promise<void> {
  await db.query(
    `insert into roles (id, name, permissions) values ($1, $2, $3::text[])
     on conflict (id) do update set name = excluded.name, permissions = excluded.permissions`,
    [role.id, role.name, role.permissions],
  );
}

export async function listRoles(db: Queryable): Promise<readonly Role[]> {
  return (await db.query<Role>('select id, name, permissions from roles order by id')).rows;
}
