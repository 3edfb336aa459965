import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { agentOf, allowed } from '../authorize.ts';
import { directorySchema } from '../contract/index.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** Whom and what an agent can transfer to, and the words to choose from. */
export function directoryRoutes(deps: ApiDependencies): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/directory',
      { ...allowed('contacts.handle'), schema: { response: { 200: directorySchema } } },
      async (request) => deps.directory(agentOf(request).agentId),
    );
  };
}
