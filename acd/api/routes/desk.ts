import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CodedError } from '../../../config/errors.ts';
import { answer } from '../answers.ts';
import { agentOf, allowed, identityOf } from '../authorize.ts';
import {
  deskSchema,
  digitsSchema,
  doneSchema,
  phoneCredentialsSchema,
  setStatusSchema,
  transferSchema,
  wrapUpSchema,
} from '../contract/index.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** A shift's phone outlives the longest shift; ending the shift ends it sooner. */
const SHIFT_PHONE_MS = 14 * 60 * 60_000;

const contactParams = z.object({ contactId: z.string().max(60) });
const offerParams = z.object({ offerId: z.string().max(60) });
const handles = { preHandler: allowed('contacts.handle') };
const done = { response: { 200: doneSchema } };

/** The agent's own commands. */
export function deskRoutes(deps: ApiDependencies): FastifyPluginAsyncZod {
  const { desk } = deps;
  const withAddress = <T>(phone: T) => ({ ...phone, webSocketUrl: deps.settings.webSocketUrl });

  return async (app) => {
    app.post('/shift', { ...handles, schema: { response: { 200: phoneCredentialsSchema } } }, async (request) => {
      const { agentId, phoneUser } = agentOf(request);
      const outcome = await desk.beginShift(agentId);
      if (outcome.kind !== 'done') throw new CodedError('state.conflict', { why: outcome.kind });
      return withAddress(await deps.phones.issue(phoneUser, SHIFT_PHONE_MS));
    });

    app.delete('/shift', { ...handles, schema: done }, async (request, reply) => {
      const { agentId, phoneUser } = agentOf(request);
      const outcome = await desk.endShift(agentId);
      if (outcome.kind === 'done') await deps.phones.revoke(phoneUser);
      return answer(request, reply, outcome) as never;
    });

    app.post(
      '/shift/phone',
      { preHandler: allowed(), schema: { response: { 200: phoneCredentialsSchema } } },
      async (request) => {
        const identity = identityOf(request);
        if (!identity.agent && !identity.permissions.has('floor.act')) throw new CodedError('access.forbidden');
        const phone = await deps.phones.issue(identity.agent?.phoneUser ?? `user-${identity.userId}`, SHIFT_PHONE_MS);
        if (identity.agent) await desk.phoneReturns(identity.agent.agentId);
        return withAddress(phone);
      },
    );

    app.put('/status', { ...handles, schema: { body: setStatusSchema, ...done } }, async (request, reply) => {
      const { status, breakReasonId } = request.body;
      return answer(request, reply, await desk.setStatus(agentOf(request).agentId, status, breakReasonId)) as never;
    });

    app.get('/desk', { ...handles, schema: { response: { 200: deskSchema } } }, async (request) => {
      const view = deps.views.desk(agentOf(request).agentId);
      if (!view) throw new CodedError('thing.not-found', { what: 'desk' });
      return view;
    });

    app.post(
      '/offers/:offerId/decline',
      { ...handles, schema: { params: offerParams, ...done } },
      async (request, reply) =>
        answer(request, reply, await desk.decline(agentOf(request).agentId, request.params.offerId)) as never,
    );

    const plain = { hold: desk.hold, unhold: desk.unhold, 'hang-up': desk.hangUp } as const;
    for (const [path, command] of Object.entries(plain)) {
      app.post(
        `/contacts/:contactId/${path}`,
        { ...handles, schema: { params: contactParams, ...done } },
        async (request, reply) =>
          answer(request, reply, await command.call(desk, agentOf(request).agentId, request.params.contactId)) as never,
      );
    }
    const recording = { pause: desk.pauseRecording, resume: desk.resumeRecording } as const;
    for (const [path, command] of Object.entries(recording)) {
      app.post(
        `/contacts/:contactId/recording/${path}`,
        { ...handles, schema: { params: contactParams, ...done } },
        async (request, reply) =>
          answer(request, reply, await command.call(desk, agentOf(request).agentId, request.params.contactId)) as never,
      );
    }

    app.post(
      '/contacts/:contactId/transfer',
      { ...handles, schema: { params: contactParams, body: transferSchema, ...done } },
      async (request, reply) => {
        const outcome = await desk.transfer(agentOf(request).agentId, request.params.contactId, request.body.target);
        return answer(request, reply, outcome) as never;
      },
    );
    app.post(
      '/contacts/:contactId/digits',
      { ...handles, schema: { params: contactParams, body: digitsSchema, ...done } },
      async (request, reply) => {
        const outcome = await desk.sendDigits(agentOf(request).agentId, request.params.contactId, request.body.digits);
        return answer(request, reply, outcome) as never;
      },
    );
    app.put(
      '/contacts/:contactId/wrap-up',
      { ...handles, schema: { params: contactParams, body: wrapUpSchema, ...done } },
      async (request, reply) => {
        const { dispositionId, notes, done: finished } = request.body;
        const outcome = await desk.saveWrapUp(agentOf(request).agentId, request.params.contactId, {
          ...(dispositionId === undefined ? {} : { dispositionId }),
          ...(notes === undefined ? {} : { notes }),
          done: finished,
        });
        return answer(request, reply, outcome) as never;
      },
    );
    app.post(
      '/contacts/:contactId/wrap-up/extend',
      { ...handles, schema: { params: contactParams, ...done } },
      async (request, reply) =>
        answer(request, reply, await desk.extendWrapUp(agentOf(request).agentId, request.params.contactId)) as never,
    );
  };
}
