import {
  addAudit,
  countOthersWithRole,
  createAgent,
  createUser,
  type Database,
  findAgentOfUser,
  findUser,
  findUserWithPassword,
  listAgents,
  listUsers,
  setUserRoles,
  type User,
  updateAgent,
  updateUser,
} from '../store/index.ts';
import { hashPassword, verifyPassword } from './password.ts';
import type { SEEDED_ROLES } from './permission.ts';
import type { Sessions } from './sign-in.ts';

type RoleId = (typeof SEEDED_ROLES)[number]['id'];

/** Somebody who works here, with the agent they may be. */
export interface Person extends User {
  readonly agent?: { readonly agentId: string; readonly phoneUser: string; readonly active: boolean };
}

export interface NewPerson {
  readonly username: string;
  readonly displayName: string;
  readonly password: string;
  readonly role: RoleId;
  readonly locale: 'zh-CN' | 'en';
  /** Makes the person an agent too; skills and queues are given in the routing configuration, under this id. */
  readonly agent?: { readonly agentId: string; readonly phoneUser: string } | undefined;
}

export interface PersonChanges {
  readonly displayName?: string | undefined;
  readonly role?: RoleId | undefined;
  readonly locale?: 'zh-CN' | 'en' | undefined;
  readonly disabled?: boolean | undefined;
  readonly agent?: { readonly agentId: string; readonly phoneUser: string } | undefined;
}

export type PersonOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'wrong-password' }
  | { readonly kind: 'conflict'; readonly why: 'last-administrator' | 'agent-id-is-fixed' };

const DONE: PersonOutcome = { kind: 'done' };
const ADMINISTRATOR = 'administrator' satisfies RoleId;

/** Adding and changing people. What changes somebody's rights or password ends their sessions. Everything is in the audit. */
export class People {
  readonly #db: Database;
  readonly #sessions: Sessions;

  constructor(db: Database, sessions: Sessions) {
    this.#db = db;
    this.#sessions = sessions;
  }

  async list(): Promise<readonly Person[]> {
    const agents = new Map((await listAgents(this.#db)).map((agent) => [agent.userId, agent]));
    return (await listUsers(this.#db)).map((user) => withAgent(user, agents.get(user.id)));
  }

  async find(userId: string): Promise<Person | undefined> {
    const user = await findUser(this.#db, userId);
    return user && withAgent(user, await findAgentOfUser(this.#db, userId));
  }

  /** Answers the new user's id. Throws `store.conflict` when a name, agent id or phone user is taken; then nobody was added. */
  async add(person: NewPerson, actorId: string): Promise<string> {
    const passwordHash = await hashPassword(person.password);
    return this.#db.transaction(async (tx) => {
      const userId = await createUser(tx, {
        userName: person.username,
        displayName: person.displayName,
        locale: person.locale,
        passwordHash,
        roleIds: [person.role],
      });
      if (person.agent) {
        await createAgent(tx, { id: person.agent.agentId, userId, phoneUser: person.agent.phoneUser });
      }
      await addAudit(tx, {
        actorId,
        action: 'created',
        objectKind: 'user',
        objectId: userId,
        detail: { role: person.role, agent: person.agent !== undefined },
      });
      return userId;
    });
  }

  /** The last administrator can be neither disabled nor given another role. An agent's id is for ever. */
  async change(userId: string, changes: PersonChanges, actorId: string): Promise<PersonOutcome> {
    const { displayName, role, locale, disabled, agent } = changes;
    const outcome = await this.#db.transaction(async (tx): Promise<PersonOutcome> => {
      const user = await findUser(tx, userId);
      if (!user) return { kind: 'not-found' };
      const losesRights = disabled === true || (role !== undefined && role !== ADMINISTRATOR);
      if (losesRights && user.roleIds.includes(ADMINISTRATOR)) {
        if ((await countOthersWithRole(tx, ADMINISTRATOR, userId)) === 0)
          return { kind: 'conflict', why: 'last-administrator' };
      }
      const known = await findAgentOfUser(tx, userId);
      if (agent && known && known.id !== agent.agentId) return { kind: 'conflict', why: 'agent-id-is-fixed' };
      await updateUser(tx, userId, {
        ...(displayName === undefined ? {} : { displayName }),
        ...(locale === undefined ? {} : { locale }),
        ...(disabled === undefined ? {} : { disabled }),
      });
      if (role !== undefined) await setUserRoles(tx, userId, [role]);
      if (agent && known) await updateAgent(tx, known.id, { phoneUser: agent.phoneUser });
      else if (agent) await createAgent(tx, { id: agent.agentId, userId, phoneUser: agent.phoneUser });
      const detail = { fields: Object.keys(changes), ...(role === undefined ? {} : { role }) };
      await addAudit(tx, { actorId, action: 'edited', objectKind: 'user', objectId: userId, detail });
      return DONE;
    });
    const rights = role !== undefined || disabled !== undefined || agent !== undefined;
    if (outcome.kind === 'done' && rights) await this.#sessions.endAllOf(userId);
    return outcome;
  }

  /** An administrator gives somebody a new password. */
  async resetPassword(userId: string, password: string, actorId: string): Promise<PersonOutcome> {
    if (!(await updateUser(this.#db, userId, { passwordHash: await hashPassword(password) })))
      return { kind: 'not-found' };
    await addAudit(this.#db, { actorId, action: 'reset-password', objectKind: 'user', objectId: userId });
    await this.#sessions.endAllOf(userId);
    return DONE;
  }

  /** Somebody changes their own; their other sessions end. */
  async changePassword(userId: string, current: string, next: string, token: string): Promise<PersonOutcome> {
    const user = await findUserWithPassword(this.#db, userId);
    if (!user) return { kind: 'not-found' };
    if (!(await verifyPassword(current, user.passwordHash))) return { kind: 'wrong-password' };
    await updateUser(this.#db, userId, { passwordHash: await hashPassword(next) });
    await addAudit(this.#db, { actorId: userId, action: 'changed-password', objectKind: 'user', objectId: userId });
    await this.#sessions.endAllOf(userId, token);
    return DONE;
  }
}

function withAgent(
  user: User,
  agent: { readonly id: string; readonly phoneUser: string; readonly active: boolean } | undefined,
): Person {
  if (!agent) return user;
  return { ...user, agent: { agentId: agent.id, phoneUser: agent.phoneUser, active: agent.active } };
}
