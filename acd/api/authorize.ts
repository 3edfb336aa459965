import type { FastifyReply, FastifyRequest } from 'fastify';
import { CodedError } from '../../config/errors.ts';
import type { Identity, Permission } from '../access/index.ts';
import { refuse } from './problem.ts';

/** The session's cookie. */
export const SESSION_COOKIE = 'tandem_session';

/**
 * Lets those pass who have one of the permissions; none named: everybody who is signed in. It runs before the body is read, so that
 * who may not learns nothing about fields.
 */
export function allowed(...permissions: readonly Permission[]): {
  preParsing: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>;
} {
  return {
    preParsing: async (request, reply) => {
      if (!request.identity) return refuse(request, reply, 'access.signed-out');
      const held = request.identity.permissions;
      if (permissions.length > 0 && !permissions.some((permission) => held.has(permission)))
        return refuse(request, reply, 'access.forbidden');
      return undefined;
    },
  };
}

/** The identity of a request that passed {@link allowed}. */
export function identityOf(request: FastifyRequest): Identity {
  if (!request.identity) throw new CodedError('access.signed-out');
  return request.identity;
}

/** A person's identity and session; other systems, which show a token, are refused. */
export function personOf(request: FastifyRequest): { identity: Identity; token: string } {
  const identity = identityOf(request);
  const token = request.cookies[SESSION_COOKIE];
  if (identity.isSystem || token === undefined) throw new CodedError('access.forbidden', { why: 'not-a-person' });
  return { identity, token };
}

/** The agent behind a request; people who take no contacts are refused. */
export function agentOf(request: FastifyRequest): { agentId: string; phoneUser: string } {
  const { agent } = identityOf(request);
  if (!agent) throw new CodedError('access.forbidden', { why: 'not-an-agent' });
  return agent;
}

/**
 * True when a page of another site sent this unsafe request. `SameSite=Strict` already keeps the cookie away from it; this is
 * the second lock, for browsers that do not know the first. Programs that send no Origin are not browsers.
 */
export function isForeignOrigin(request: FastifyRequest): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return false;
  try {
    return new URL(origin).host !== host;
  } catch {
    return true;
  }
}
