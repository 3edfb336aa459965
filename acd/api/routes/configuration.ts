import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { allowed, identityOf } from '../authorize.ts';
import { changeConfigurationSchema, configurationCheckSchema, configurationVersionSchema } from '../contract/index.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { refuse } from '../problem.ts';

const wholeSchema = z.object({ version: z.number().int(), configuration: z.record(z.string(), z.unknown()) });

/** Reading, checking, changing and restoring the routing configuration. */
export function configurationRoutes(deps: ApiDependencies): FastifyPluginAsyncZod {
  const edits = { preHandler: allowed('configuration.edit') };
  const desk = deps.configuration;

  return async (app) => {
    app.get('/configuration', { ...edits, schema: { response: { 200: wholeSchema } } }, async () => {
      const { version, configuration } = desk.current();
      return { version, configuration: configuration as Record<string, unknown> };
    });

    app.post(
      '/configuration/check',
      { ...edits, schema: { body: changeConfigurationSchema, response: { 200: configurationCheckSchema } } },
      async (request) => {
        const problems = await desk.check(request.body.configuration, request.body.moveContacts ?? {});
        return { valid: problems.length === 0, problems: [...problems] };
      },
    );

    app.put('/configuration', { ...edits, schema: { body: changeConfigurationSchema } }, async (request, reply) => {
      const { baseVersion, configuration, note, moveContacts } = request.body;
      const outcome = await desk.change({
        baseVersion,
        configuration,
        note,
        moveContacts: moveContacts ?? {},
        actorId: identityOf(request).userId,
      });
      if (outcome.kind === 'active') return reply.send({ version: outcome.version });
      if (outcome.kind === 'invalid') return refuse(request, reply, 'request.invalid', outcome.problems);
      return refuse(request, reply, outcome.kind === 'stale' ? 'state.conflict' : 'thing.not-found');
    });

    app.get(
      '/configuration/versions',
      { ...edits, schema: { response: { 200: z.array(configurationVersionSchema) } } },
      async () => [...(await desk.versions())],
    );

    const versionParams = z.object({ version: z.coerce.number().int().positive() });
    app.get(
      '/configuration/versions/:version',
      { ...edits, schema: { params: versionParams, response: { 200: wholeSchema } } },
      async (request, reply) => {
        const configuration = await desk.read(request.params.version);
        if (configuration === undefined) return refuse(request, reply, 'thing.not-found') as never;
        return { version: request.params.version, configuration: configuration as Record<string, unknown> };
      },
    );
    app.post(
      '/configuration/versions/:version/restore',
      { ...edits, schema: { params: versionParams } },
      async (request, reply) => {
        const outcome = await desk.restore(request.params.version, identityOf(request).userId);
        if (outcome.kind === 'active') return reply.send({ version: outcome.version });
        if (outcome.kind === 'invalid') return refuse(request, reply, 'request.invalid', outcome.problems);
        return refuse(request, reply, outcome.kind === 'stale' ? 'state.conflict' : 'thing.not-found');
      },
    );
  };
}
