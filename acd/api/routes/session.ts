import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Identity } from '../../access/index.ts';
import { updateUser } from '../../store/index.ts';
import { allowed, identityOf, personOf, SESSION_COOKIE } from '../authorize.ts';
import type { CallerTokens } from '../caller-tokens.ts';
import {
  callerSessionSchema,
  doneSchema,
  meSchema,
  preferencesSchema,
  signInSchema,
  startCallerSessionSchema,
  welcomeSchema,
} from '../contract/index.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { refuse } from '../problem.ts';

/** How long a caller from the page may ring, wait and talk with one set of credentials. */
const CALLER_PHONE_MS = 4 * 60 * 60_000;

/** A whole office begins its shift behind one address; wrong passwords are counted apart and far more strictly. */
const signInLimit = { rateLimit: { max: 300, timeWindow: 60_000 } };

const meOf = (identity: Identity) => ({
  userId: identity.userId,
  username: identity.username,
  displayName: identity.displayName,
  role: identity.role,
  locale: identity.locale,
  ...(identity.agent ? { agentId: identity.agent.agentId } : {}),
});

/** Signing in and out, what a page may know before, and the caller page's wish to call. */
export function sessionRoutes(deps: ApiDependencies, callers: CallerTokens): FastifyPluginAsyncZod {
  return async (app) => {
    const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure: deps.settings.secureCookies } as const;

    app.get('/welcome', { schema: { response: { 200: welcomeSchema } } }, async () => ({
      product: 'Tandem' as const,
      companyName: deps.settings.companyName,
      defaultLocale: deps.settings.defaultLocale,
      entryNumber: deps.settings.entryNumber,
      sipAddress: deps.settings.sipAddress,
      demo: deps.settings.demo,
      ...(deps.settings.demo ? { demoUsers: [...deps.settings.demoUsers] } : {}),
    }));

    app.post(
      '/session',
      {
        schema: { body: signInSchema, response: { 200: meSchema } },
        config: signInLimit,
      },
      async (request, reply) => {
        const outcome = await deps.sessions.signIn(request.body.username, request.body.password, request.ip);
        if (outcome.kind === 'too-many') return refuse(request, reply, 'request.too-many') as never;
        if (outcome.kind === 'wrong-credentials') return refuse(request, reply, 'access.wrong-credentials') as never;
        reply.setCookie(SESSION_COOKIE, outcome.token, cookie);
        return meOf(outcome.identity);
      },
    );

    app.get('/session', { ...allowed(), schema: { response: { 200: meSchema } } }, async (request) =>
      meOf(identityOf(request)),
    );

    app.patch(
      '/session',
      { ...allowed(), schema: { body: preferencesSchema, response: { 200: meSchema } } },
      async (request) => {
        const { identity, token } = personOf(request);
        await updateUser(deps.db, identity.userId, { locale: request.body.locale });
        deps.sessions.forget(token);
        return { ...meOf(identity), locale: request.body.locale };
      },
    );

    app.delete('/session', { schema: { response: { 200: doneSchema } } }, async (request, reply) => {
      const token = request.cookies[SESSION_COOKIE];
      if (token) await deps.sessions.signOut(token);
      reply.clearCookie(SESSION_COOKIE, cookie);
      return { ok: true as const };
    });

    app.post(
      '/caller-sessions',
      {
        schema: { body: startCallerSessionSchema, response: { 200: callerSessionSchema } },
        config: { rateLimit: { max: 30, timeWindow: 60_000 } },
      },
      async (request) => {
        const phone = await deps.phones.issueGuest(CALLER_PHONE_MS);
        await deps.guestExpected(phone.user, request.body.displayName);
        return {
          callerSessionId: phone.user,
          token: callers.issue(phone.user, phone.expiresAtMs),
          phone: { ...phone, webSocketUrl: deps.settings.webSocketUrl },
          number: deps.settings.entryNumber,
        };
      },
    );
  };
}
