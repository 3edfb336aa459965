import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { answer } from '../answers.ts';
import { agentOf, allowed } from '../authorize.ts';
import { consultSchema, doneSchema } from '../contract/index.ts';
import type { ApiDependencies } from '../dependencies.ts';

const contactParams = z.object({ contactId: z.string().max(60) });
const handles = allowed('contacts.handle');
const done = { response: { 200: doneSchema } };

/** What a running consultation can come to: path → what voice is told. */
const WAYS_ON = {
  complete: 'consult-complete',
  conference: 'consult-conference',
  cancel: 'consult-cancel',
} as const;

/** Asking a second party while the caller waits, and what follows. */
export function consultRoutes(deps: ApiDependencies): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/contacts/:contactId/consult',
      { ...handles, schema: { params: contactParams, body: consultSchema, ...done } },
      async (request, reply) => {
        const { contactId } = request.params;
        const { agentId } = agentOf(request);
        const { target } = request.body;
        return answer(request, reply, await deps.run({ kind: 'consult', contactId, agentId, target })) as never;
      },
    );
    for (const [path, kind] of Object.entries(WAYS_ON)) {
      app.post(
        `/contacts/:contactId/consult/${path}`,
        { ...handles, schema: { params: contactParams, ...done } },
        async (request, reply) => {
          const { contactId } = request.params;
          const { agentId } = agentOf(request);
          return answer(request, reply, await deps.run({ kind, contactId, agentId })) as never;
        },
      );
    }
  };
}
