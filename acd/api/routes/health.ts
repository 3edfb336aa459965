import { isIPv6 } from 'node:net';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import type { ApiDependencies } from '../dependencies.ts';
import { refuse } from '../problem.ts';

/** True for a program on this machine that asks directly. A proxy beside us speaks for others, and says so. */
function isLocal(request: FastifyRequest): boolean {
  const { ip, headers } = request;
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) return false;
  return isIPv6(ip) ? ip === '::1' || ip.startsWith('::ffff:127.') : ip.startsWith('127.');
}

/** Probes: `/health/live` says that the process answers, `/health/ready` that calls can be taken; `/metrics` for operations. */
export function healthRoutes(deps: ApiDependencies): FastifyPluginAsync {
  return async (app) => {
    app.get('/health/live', { schema: { hide: true } }, async () => ({ ok: true }));
    app.get('/health/ready', { schema: { hide: true } }, async (_request, reply) => {
      const parts = deps.health();
      const ok = Object.values(parts).every(Boolean);
      return reply.code(ok ? 200 : 503).send({ ok, ...parts });
    });
  };
}

/** `/metrics` in Prometheus' text form: for this machine, or with `metrics.read`. */
export function metricsRoute(registry: Registry): FastifyPluginAsync {
  return async (app) => {
    app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
      const may = isLocal(request) || request.identity?.permissions.has('metrics.read');
      if (!may) return refuse(request, reply, request.identity ? 'access.forbidden' : 'access.signed-out');
      return reply.type(registry.contentType).send(await registry.metrics());
    });
  };
}
