import type { FastifyPluginAsync } from 'fastify';
import { register } from 'prom-client';
import type { ApiDependencies } from '../dependencies.ts';

/** Probes: `/health/live` says that the process answers, `/health/ready` that calls can be taken; `/metrics` for operations. */
export function healthRoutes(deps: ApiDependencies): FastifyPluginAsync {
  return async (app) => {
    app.get('/health/live', { schema: { hide: true } }, async () => ({ ok: true }));
    app.get('/health/ready', { schema: { hide: true } }, async (_request, reply) => {
      const parts = deps.health();
      const ok = Object.values(parts).every(Boolean);
      return reply.code(ok ? 200 : 503).send({ ok, ...parts });
    });
    app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
      reply.type(register.contentType);
      return register.metrics();
    });
  };
}
