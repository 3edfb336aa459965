import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Identity } from '../access/index.ts';
import { FailedAttempts } from '../access/index.ts';
import { isForeignOrigin, SESSION_COOKIE } from './authorize.ts';
import type { ApiDependencies } from './dependencies.ts';
import { refuse } from './problem.ts';

/** Unknown cookies and tokens from one address within a minute; who tries more is told to wait. */
const MOST_UNKNOWN = 600;
const WINDOW_MS = 60_000;

/**
 * Finds out who asks, before anything else is done: another system's `Authorization: Bearer …`, or a person's cookie. A bearer token that
 * is not in force is refused at once; an old cookie makes an anonymous request, so that pages can sign in again.
 */
export function recognise(
  app: FastifyInstance,
  deps: Pick<ApiDependencies, 'sessions' | 'apiTokens' | 'clock'>,
  isOurs: (url: string) => boolean,
): void {
  const unknown = new FailedAttempts(deps.clock, { most: MOST_UNKNOWN, windowMs: WINDOW_MS });

  app.addHook('onRequest', async (request, reply): Promise<FastifyReply | undefined> => {
    if (!isOurs(request.url)) return undefined;
    const unsafe = request.method !== 'GET' && request.method !== 'HEAD';
    if (unsafe && isForeignOrigin(request)) return refuse(request, reply, 'access.forbidden');
    const cookie = request.cookies[SESSION_COOKIE];
    const bearer = /^Bearer ([\w-]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
    if (cookie === undefined && bearer === undefined) return undefined;
    if (unknown.blocked(request.ip)) return refuse(request, reply, 'request.too-many');
    const identity: Identity | undefined =
      bearer === undefined ? await deps.sessions.who(cookie ?? '') : await deps.apiTokens.who(bearer);
    if (!identity) unknown.fail(request.ip);
    if (!identity && bearer !== undefined) return refuse(request, reply, 'access.signed-out');
    request.identity = identity;
    return undefined;
  });
}
