import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CodedError } from '../../../config/errors.ts';
import type { Identity } from '../../access/index.ts';
import { sightOf } from '../../floor/index.ts';
import type { ShiftOutcome } from '../../shifts/index.ts';
import { addAudit } from '../../store/index.ts';
import type { CommandOutcome } from '../../voice/index.ts';
import { answer } from '../answers.ts';
import { agentOf, allowed, identityOf } from '../authorize.ts';
import {
  agentExplanationSchema,
  assignSchema,
  contactExplanationSchema,
  doneSchema,
  drainSchema,
  floorSchema,
  forceStatusSchema,
  moveSchema,
  prioritySchema,
  superviseSchema,
} from '../contract/index.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { maskNumber } from '../mask-number.ts';

const contactParams = z.object({ contactId: z.string().max(60) });
const agentParams = z.object({ agentId: z.string().max(60) });
const watches = allowed('floor.watch');
const acts = allowed('floor.act');
const done = { response: { 200: doneSchema } };

/** The supervisor's view, the engine's reasons, and the actions. Every action that was done is in the audit. */
export function floorRoutes(deps: ApiDependencies): FastifyPluginAsyncZod {
  async function audited(
    identity: Identity,
    action: string,
    kind: string,
    id: string,
    outcome: CommandOutcome | ShiftOutcome,
  ) {
    if (outcome.kind === 'done') {
      await addAudit(deps.db, { actorId: identity.userId, action, objectKind: kind, objectId: id });
    }
    return outcome;
  }

  return async (app) => {
    app.get('/floor', { ...watches, schema: { response: { 200: floorSchema } } }, async (request) =>
      deps.views.floor(sightOf(identityOf(request), maskNumber)),
    );

    app.get(
      '/contacts/:contactId/explanation',
      { ...watches, schema: { params: contactParams, response: { 200: contactExplanationSchema } } },
      async (request) => {
        const explanation = deps.explainContact(request.params.contactId);
        if (!explanation) throw new CodedError('thing.not-found', { what: 'contact' });
        return explanation;
      },
    );
    app.get(
      '/agents/:agentId/explanation',
      { ...watches, schema: { params: agentParams, response: { 200: agentExplanationSchema } } },
      async (request) => {
        const explanation = deps.explainAgent(request.params.agentId);
        if (!explanation) throw new CodedError('thing.not-found', { what: 'agent' });
        return explanation;
      },
    );

    app.post(
      '/contacts/:contactId/assign',
      { ...acts, schema: { params: contactParams, body: assignSchema, ...done } },
      async (request, reply) => {
        const { contactId } = request.params;
        const outcome = await deps.run({ kind: 'assign', contactId, agentId: request.body.agentId });
        return answer(
          request,
          reply,
          await audited(identityOf(request), 'assigned', 'contact', contactId, outcome),
        ) as never;
      },
    );
    app.post(
      '/contacts/:contactId/pull',
      { ...acts, schema: { params: contactParams, ...done } },
      async (request, reply) => {
        const { contactId } = request.params;
        const outcome = await deps.run({ kind: 'take-over', contactId, supervisorAgentId: agentOf(request).agentId });
        return answer(
          request,
          reply,
          await audited(identityOf(request), 'pulled', 'contact', contactId, outcome),
        ) as never;
      },
    );
    app.post(
      '/contacts/:contactId/move',
      { ...acts, schema: { params: contactParams, body: moveSchema, ...done } },
      async (request, reply) => {
        const { contactId } = request.params;
        const outcome = await deps.run({ kind: 'move', contactId, queueId: request.body.queueId });
        return answer(
          request,
          reply,
          await audited(identityOf(request), 'moved', 'contact', contactId, outcome),
        ) as never;
      },
    );
    app.post(
      '/contacts/:contactId/priority',
      { ...acts, schema: { params: contactParams, body: prioritySchema, ...done } },
      async (request, reply) => {
        const { contactId } = request.params;
        const outcome = await deps.run({ kind: 'reprioritise', contactId, priority: request.body.priority });
        return answer(
          request,
          reply,
          await audited(identityOf(request), 'reprioritised', 'contact', contactId, outcome),
        ) as never;
      },
    );
    app.post(
      '/contacts/:contactId/supervise',
      { ...acts, schema: { params: contactParams, body: superviseSchema, ...done } },
      async (request, reply) => {
        const identity = identityOf(request);
        const { contactId } = request.params;
        const outcome = await deps.run({
          kind: 'supervise',
          contactId,
          supervisorPhoneUser: agentOf(request).phoneUser,
          mode: request.body.mode,
        });
        return answer(
          request,
          reply,
          await audited(identity, `supervised:${request.body.mode}`, 'contact', contactId, outcome),
        ) as never;
      },
    );
    app.put(
      '/agents/:agentId/status',
      { ...acts, schema: { params: agentParams, body: forceStatusSchema, ...done } },
      async (request, reply) => {
        const { agentId } = request.params;
        const outcome = await deps.shifts.force(agentId, request.body.status);
        return answer(
          request,
          reply,
          await audited(identityOf(request), 'forced-status', 'agent', agentId, outcome),
        ) as never;
      },
    );
    app.put(
      '/agents/:agentId/drain',
      { ...acts, schema: { params: agentParams, body: drainSchema, ...done } },
      async (request, reply) => {
        const { agentId } = request.params;
        const outcome = await deps.shifts.drain(agentId, request.body.drain);
        return answer(
          request,
          reply,
          await audited(identityOf(request), 'drained', 'agent', agentId, outcome),
        ) as never;
      },
    );
  };
}
