import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import fastify, { type FastifyInstance } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { isForeignOrigin, SESSION_COOKIE } from './authorize.ts';
import type { CallerTokens } from './caller-tokens.ts';
import type { ApiDependencies } from './dependencies.ts';
import { installIdempotency } from './idempotency.ts';
import { pages } from './pages.ts';
import { installProblemBoundary, refuse } from './problem.ts';
import { configurationRoutes } from './routes/configuration.ts';
import { contactRoutes } from './routes/contacts.ts';
import { customerRoutes } from './routes/customers.ts';
import { deskRoutes } from './routes/desk.ts';
import { directoryRoutes } from './routes/directory.ts';
import { floorRoutes } from './routes/floor.ts';
import { healthRoutes } from './routes/health.ts';
import { recordingRoutes } from './routes/recordings.ts';
import { sessionRoutes } from './routes/session.ts';
import { switchDirectory } from './routes/switch-directory.ts';

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
  await app.register(rateLimit, {
    max: REQUESTS_A_MINUTE,
    timeWindow: 60_000,
    keyGenerator: (request) => request.cookies[SESSION_COOKIE] ?? request.ip,
  });
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Tandem', version: '1', description: 'Contact center API' } },
    transform: jsonSchemaTransform,
  });

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(PAGE_HEADERS);
    const unsafe = request.method !== 'GET' && request.method !== 'HEAD';
    if (unsafe && request.url.startsWith(API_PREFIX) && isForeignOrigin(request))
      return refuse(request, reply, 'access.forbidden');
    const token = request.cookies[SESSION_COOKIE];
    if (token && request.url.startsWith(API_PREFIX)) request.identity = await deps.sessions.who(token);
  });
  installIdempotency(app, deps.clock);

  await app.register(
    async (api) => {
      await api.register(sessionRoutes(deps, callers));
      await api.register(deskRoutes(deps));
      await api.register(directoryRoutes(deps));
      await api.register(contactRoutes(deps));
      await api.register(customerRoutes(deps));
      await api.register(recordingRoutes(deps));
      await api.register(floorRoutes(deps));
      await api.register(configurationRoutes(deps));
      api.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
    },
    { prefix: API_PREFIX },
  );
  await app.register(switchDirectory(deps));
  await app.register(healthRoutes(deps));
  if (deps.settings.pagesDir !== undefined) await app.register(pages(deps.settings.pagesDir));
  return app;
}
