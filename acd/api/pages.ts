import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';

/** Paths of the page for people who work here; the page itself finds its way from them. */
const DESK_PATHS = [
  '/',
  '/sign-in',
  '/desk',
  '/supervisor',
  '/supervisor/*',
  '/wallboard',
  '/admin',
  '/admin/*',
] as const;

/** Serves the built pages. Files with a hash in their name may be kept for a year; the pages themselves are asked for anew. */
export function pages(folder: string): FastifyPluginAsync {
  return async (app) => {
    await app.register(fastifyStatic, {
      root: folder,
      index: false,
      setHeaders: (response, path) => {
        const hashed = path.includes('/assets/');
        response.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    for (const path of DESK_PATHS)
      app.get(path, { schema: { hide: true } }, (_request, reply) => reply.sendFile('index.html'));
    if (existsSync(join(folder, 'caller.html'))) {
      app.get('/call', { schema: { hide: true } }, (_request, reply) => reply.sendFile('caller.html'));
    }
  };
}
