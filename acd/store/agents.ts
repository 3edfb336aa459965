import type { Queryable } from './database.ts';

/** A user who takes contacts. Skills and queues stand in the routing configuration under the same id. */
export interface Agent {
  readonly id: string;
  readonly userId: string;
  /** The user part of the agent's SIP address. */
  readonly phoneUser: string;
  readonly displayName: string;
  readonly active: boolean;
}

const SELECT = `select a.id, a.user_id as "userId", a.phone_user as "phoneUser", u.display_name as "displayName", a.active
  from agents a join users u on u.id = a.user_id`;

/** Throws `store.conflict` when the user is an agent already or the phone user is taken. */
export async function createAgent(
  db: Queryable,
  agent: { readonly id: string; readonly userId: string; readonly phoneUser: string },
): Promise<void> {
  await db.query('insert into agents (id, user_id, phone_user) values ($1, $2, $3)', [
    agent.id,
    agent.userId,
    agent.phoneUser,
  ]);
}

export async function findAgent(db: Queryable, id: string): Promise<Agent | undefined> {
  return (await db.query<Agent>(`${SELECT} where a.id = $1`, [id])).rows[0];
}

export async function findAgentOfUser(db: Queryable, userId: string): Promise<Agent | undefined> {
  return (await db.query<Agent>(`${SELECT} where a.user_id = $1`, [userId])).rows[0];
}

export async function findAgentByPhone(db: Queryable, phoneUser: string): Promise<Agent | undefined> {
  return (await db.query<Agent>(`${SELECT} where a.phone_user = $1`, [phoneUser])).rows[0];
}

export async function listAgents(db: Queryable): Promise<readonly Agent[]> {
  return (await db.query<Agent>(`${SELECT} order by a.id limit 100000`)).rows;
}

/** False when there is no such agent. Throws `store.conflict` when the phone user is taken. */
export async function updateAgent(
  db: Queryable,
  id: string,
  changes: { readonly phoneUser?: string; readonly active?: boolean },
): Promise<boolean> {
  const { changed } = await db.query(
    'update agents set phone_user = coalesce($2, phone_user), active = coalesce($3, active) where id = $1',
    [id, changes.phoneUser ?? null, changes.active ?? null],
  );
  return changed > 0;
}
