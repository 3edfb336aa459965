import type { FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { CodedError } from '../../config/errors.ts';
import type { Identity, Permission } from '../access/index.ts';
import { refuse } from './problem.ts';

/** The session's cookie. */
export const SESSION_COOKIE = 'tandem_session';

/** Lets signed-in people pass who have the permission; none named: everybody who is signed in. */
export function allowed(permission?: Permission): preHandlerAsyncHookHandler {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    if (!request.identity) return refuse(request, reply, 'access.signed-out');
    if (permission && !request.identity.permissions.has(permission)) return refuse(request, reply, 'access.forbidden');
  };
}

/** The identity of a request that passed {@link allowed}. */
export function identityOf(request: FastifyRequest): Identity {
  if (!request.identity) throw new CodedError('access.signed-out');
  return request.identity;
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
