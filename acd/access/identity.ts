import type { ApiToken, User } from '../store/index.ts';
import { isPermission, type Permission, SEEDED_ROLES } from './permission.ts';

/** Somebody who is signed in, as the rest of the server knows them. */
export interface Identity {
  readonly userId: string;
  readonly username: string;
  readonly displayName: string;
  readonly locale: 'zh-CN' | 'en';
  /** The widest of the user's seeded roles, for what the pages show; what is allowed is said by `permissions` alone. */
  readonly role: (typeof SEEDED_ROLES)[number]['id'];
  readonly permissions: ReadonlySet<Permission>;
  /** Set when the user also takes contacts. */
  readonly agent?: { readonly agentId: string; readonly phoneUser: string };
  /** True for another system that showed a token: nobody sits there, and `userId` names the token. */
  readonly isSystem?: true;
}

/** Builds the identity from what is stored. */
export function identityOf(user: User, agent: { id: string; phoneUser: string } | undefined): Identity {
  const widest = [...SEEDED_ROLES].reverse().find((role) => user.roleIds.includes(role.id));
  return {
    userId: user.id,
    username: user.userName,
    displayName: user.displayName,
    locale: user.locale === 'en' ? 'en' : 'zh-CN',
    role: widest?.id ?? 'agent',
    permissions: new Set(user.permissions.filter(isPermission)),
    ...(agent ? { agent: { agentId: agent.id, phoneUser: agent.phoneUser } } : {}),
  };
}

/** Another system, as its token describes it. Its actions stand in the audit under `token:<id>`. */
export function systemIdentity(token: ApiToken): Identity {
  return {
    userId: `token:${token.id}`,
    username: token.name,
    displayName: token.name,
    locale: 'en',
    role: 'agent',
    permissions: new Set(token.permissions.filter(isPermission)),
    isSystem: true,
  };
}
