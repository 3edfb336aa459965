import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CodedError } from '../../../config/errors.ts';
import { allowed, identityOf } from '../authorize.ts';
import { apiTokensSchema, doneSchema, issuedTokenSchema, newApiTokenSchema } from '../contract/index.ts';
import type { ApiDependencies } from '../dependencies.ts';

const manages = allowed('tokens.manage');

/** Tokens of other systems: made, listed without their secret, and revoked. */
export function apiTokenRoutes(deps: ApiDependencies): FastifyPluginAsyncZod {
  const { apiTokens } = deps;
  return async (app) => {
    app.get('/api-tokens', { ...manages, schema: { response: { 200: apiTokensSchema } } }, async () => ({
      items: (await apiTokens.list()).map((token) => ({
        tokenId: token.id,
        name: token.name,
        permissions: [...token.permissions],
        createdBy: token.createdBy ?? '',
        createdAtMs: token.createdAtMs,
        ...(token.lastUsedAtMs === null ? {} : { lastUsedAtMs: token.lastUsedAtMs }),
        ...(token.revokedAtMs === null ? {} : { revokedAtMs: token.revokedAtMs }),
      })),
    }));

    app.post(
      '/api-tokens',
      { ...manages, schema: { body: newApiTokenSchema, response: { 201: issuedTokenSchema } } },
      async (request, reply) => {
        const { name, permissions } = request.body;
        return reply.code(201).send(await apiTokens.issue(name, permissions, identityOf(request).userId));
      },
    );

    app.delete(
      '/api-tokens/:tokenId',
      { ...manages, schema: { params: z.object({ tokenId: z.string().max(60) }), response: { 200: doneSchema } } },
      async (request) => {
        if (!(await apiTokens.revoke(request.params.tokenId, identityOf(request).userId)))
          throw new CodedError('thing.not-found', { what: 'api-token' });
        return { ok: true as const };
      },
    );
  };
}
