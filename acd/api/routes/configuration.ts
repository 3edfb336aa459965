import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { allowed, identityOf } from '../authorize.ts';
import type { ChangeOutcome } from '../configuration-desk.ts';
import {
  activeVersionSchema,
  changeConfigurationSchema,
  configurationCheckSchema,
  configurationVersionSchema,
  wholeConfigurationSchema,
} from '../contract/index.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { refuse } from '../problem.ts';

/** The active version, or why nothing was changed. A stale change names the version that is active. */
function answered(request: FastifyRequest, reply: FastifyReply, outcome: ChangeOutcome): never {
  switch (outcome.kind) {
    case 'active':
      return reply.send({ version: outcome.version }) as never;
    case 'invalid':
      return refuse(request, reply, 'request.invalid', outcome.problems) as never;
    case 'stale':
      return refuse(request, reply, 'state.conflict', undefined, `active-version-${outcome.activeVersion}`) as never;
    case 'not-found':
      return refuse(request, reply, 'thing.not-found') as never;
  }
}

/** Reading, checking, changing and restoring the routing configuration. */
export function configurationRoutes(deps: ApiDependencies): FastifyPluginAsyncZod {
  const edits = allowed('configuration.edit');
  const desk = deps.configuration;

  return async (app) => {
    app.get('/configuration', { ...edits, schema: { response: { 200: wholeConfigurationSchema } } }, async () => {
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

    app.put(
      '/configuration',
      { ...edits, schema: { body: changeConfigurationSchema, response: { 200: activeVersionSchema } } },
      async (request, reply) => {
        const { baseVersion, configuration, note, moveContacts } = request.body;
        const outcome = await desk.change({
          baseVersion,
          configuration,
          note,
          moveContacts: moveContacts ?? {},
          actorId: identityOf(request).userId,
        });
        return answered(request, reply, outcome);
      },
    );

    app.get(
      '/configuration/versions',
      { ...edits, schema: { response: { 200: z.array(configurationVersionSchema) } } },
      async () => [...(await desk.versions())],
    );

    const versionParams = z.object({ version: z.coerce.number().int().positive() });
    app.get(
      '/configuration/versions/:version',
      { ...edits, schema: { params: versionParams, response: { 200: wholeConfigurationSchema } } },
      async (request, reply) => {
        const configuration = await desk.read(request.params.version);
        if (configuration === undefined) return refuse(request, reply, 'thing.not-found') as never;
        return { version: request.params.version, configuration: configuration as Record<string, unknown> };
      },
    );
    app.post(
      '/configuration/versions/:version/restore',
      { ...edits, schema: { params: versionParams, response: { 200: activeVersionSchema } } },
      async (request, reply) => {
        const outcome = await desk.restore(request.params.version, identityOf(request).userId);
        return answered(request, reply, outcome);
      },
    );
  };
}
