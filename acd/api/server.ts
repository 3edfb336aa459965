import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { CallerTokens } from './caller-tokens.ts';
import type { ApiDependencies } from './dependencies.ts';
import { installIdempotency } from './idempotency.ts';
import { createMetrics } from './metrics.ts';
import { openApiDocument, openApiOptions } from './openapi/document.ts';
import { pages } from './pages.ts';
import { installProblemBoundary, refuse } from './problem.ts';
import { recognise } from './recognise.ts';
import { apiTokenRoutes } from './routes/api-tokens.ts';
import { configurationRoutes } from './routes/configuration.ts';
import { consultRoutes } from './routes/consult.ts';
import { contactRoutes } from './routes/contacts.ts';
import { customerRoutes } from './routes/customers.ts';
import { deskRoutes } from './routes/desk.ts';
import { directoryRoutes } from './routes/directory.ts';
import { floorRoutes } from './routes/floor.ts';
import { healthRoutes, metricsRoute } from './routes/health.ts';
import { recordingRoutes } from './routes/recordings.ts';
import { sessionRoutes } from './routes/session.ts';
import { switchDirectory } from './routes/switch-directory.ts';
import { userRoutes } from './routes/users.ts';

/** The version prefix of everything that other systems may rely on. */
export const API_PREFIX = '/api/v1';
const MOST_BODY_BYTES = 1_048_576;
/** Pages ask for whole views by socket, so a person does not come near this; a runaway script does. */
const REQUESTS_A_MINUTE = 1_200;

/** Page content comes from us alone; calls need the microphone, and phones speak WebSocket to the switch. */
const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'self'; connect-src 'self' ws: wss:; media-src 'self' blob: mediastream:; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'microphone=(self), camera=(), geolocation=()',
} as const;

/** Builds the HTTP server; it does not listen yet. */
export async function createServer(deps: ApiDependencies, callers: CallerTokens): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: MOST_BODY_BYTES,
    logger: false,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    genReqId: () => crypto.randomUUID(),
    routerOptions: { maxParamLength: 200 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('identity', undefined);
  app.decorateRequest('idempotencyId', undefined);
  installProblemBoundary(app, deps.logger);
  app.setNotFoundHandler((request, reply) => refuse(request, reply, 'thing.not-found'));

  await app.register(cookie);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(PAGE_HEADERS);
  });
  recognise(app, deps, (url) => url.startsWith(API_PREFIX) || url === '/metrics');
  await app.register(rateLimit, {
    max: deps.settings.requestsAMinute ?? REQUESTS_A_MINUTE,
    timeWindow: 60_000,
    // Pages and probes are cheap, and a whole office loads them from one address.
    allowList: (request) => !request.url.startsWith(API_PREFIX) && !request.url.startsWith('/switch/'),
    keyGenerator: (request) => request.identity?.userId ?? request.ip,
  });
  await app.register(swagger, openApiOptions);
  const registry = createMetrics(app, deps);
  installIdempotency(app, deps.clock);

  await app.register(
    async (api) => {
      await api.register(sessionRoutes(deps, callers));
      await api.register(deskRoutes(deps));
      await api.register(consultRoutes(deps));
      await api.register(directoryRoutes(deps));
      await api.register(contactRoutes(deps));
      await api.register(customerRoutes(deps));
      await api.register(recordingRoutes(deps));
      await api.register(floorRoutes(deps));
      await api.register(configurationRoutes(deps));
      await api.register(userRoutes(deps));
      await api.register(apiTokenRoutes(deps));
      api.get('/openapi.json', { schema: { hide: true } }, async () => openApiDocument(app));
    },
    { prefix: API_PREFIX },
  );
  await app.register(switchDirectory(deps));
  await app.register(healthRoutes(deps));
  await app.register(metricsRoute(registry));
  if (deps.settings.pagesDir !== undefined) await app.register(pages(deps.settings.pagesDir));
  return app;
}
