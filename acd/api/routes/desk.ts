import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CodedError } from '../../../config/errors.ts';
import { sightOf } from '../../floor/index.ts';
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
import { maskNumber } from '../mask-number.ts';

/** A shift's phone outlives the longest shift; ending the shift ends it sooner. */
const SHIFT_PHONE_MS = 14 * 60 * 60_000;

const contactParams = z.object({ contactId: z.string().max(60) });
const offerParams = z.object({ offerId: z.string().max(60) });
const handles = allowed('contacts.handle');
const done = { response: { 200: doneSchema } };

/** Commands that need nothing but the contact: path → what voice is told. */
const PLAIN = {
  hold: 'hold',
  unhold: 'unhold',
  'hang-up': 'hang-up',
  'recording/pause': 'pause-recording',
  'recording/resume': 'resume-recording',
  'wrap-up/extend': 'extend-wrap-up',
} as const;

/** The agent's own commands. */
export function deskRoutes(deps: ApiDependencies): FastifyPluginAsyncZod {
  const withAddress = <T>(phone: T) => ({ ...phone, webSocketUrl: deps.settings.webSocketUrl });

  return async (app) => {
    app.post('/shift', { ...handles, schema: { response: { 200: phoneCredentialsSchema } } }, async (request) => {
      const { agentId, phoneUser } = agentOf(request);
      const outcome = await deps.shifts.begin(agentId);
      if (outcome.kind !== 'done')
        throw new CodedError(outcome.kind === 'not-found' ? 'thing.not-found' : 'state.conflict', { step: 'shift' });
      const phone = await deps.phones.issue(phoneUser, SHIFT_PHONE_MS);
      deps.phoneExpected(agentId);
      return withAddress(phone);
    });

    app.delete('/shift', { ...handles, schema: done }, async (request, reply) => {
      const { agentId, phoneUser } = agentOf(request);
      const outcome = await deps.shifts.end(agentId);
      if (outcome.kind === 'done') await deps.phones.revoke(phoneUser);
      return answer(request, reply, outcome) as never;
    });

    app.post(
      '/shift/phone',
      { ...allowed('contacts.handle'), schema: { response: { 200: phoneCredentialsSchema } } },
      async (request) => {
        const { agentId, phoneUser } = agentOf(request);
        const phone = await deps.phones.issue(phoneUser, SHIFT_PHONE_MS);
        deps.phoneExpected(agentId);
        return withAddress(phone);
      },
    );

    app.put('/status', { ...handles, schema: { body: setStatusSchema, ...done } }, async (request, reply) => {
      const { status, breakReasonId } = request.body;
      return answer(
        request,
        reply,
        await deps.shifts.setStatus(agentOf(request).agentId, status, breakReasonId),
      ) as never;
    });

    app.get('/desk', { ...handles, schema: { response: { 200: deskSchema } } }, async (request) => {
      const view = deps.views.desk(agentOf(request).agentId, sightOf(identityOf(request), maskNumber));
      if (!view) throw new CodedError('thing.not-found', { what: 'desk' });
      return view;
    });

    app.post(
      '/offers/:offerId/decline',
      { ...handles, schema: { params: offerParams, ...done } },
      async (request, reply) => {
        const { offerId } = request.params;
        const contactId = deps.contactOfOffer(offerId);
        // An offer that is over needs no declining: asked twice, it is done once.
        if (contactId === undefined) return reply.send({ ok: true }) as never;
        const outcome = await deps.run({ kind: 'decline', contactId, agentId: agentOf(request).agentId, offerId });
        return answer(request, reply, outcome) as never;
      },
    );

    for (const [path, kind] of Object.entries(PLAIN)) {
      app.post(
        `/contacts/:contactId/${path}`,
        { ...handles, schema: { params: contactParams, ...done } },
        async (request, reply) => {
          const { contactId } = request.params;
          return answer(
            request,
            reply,
            await deps.run({ kind, contactId, agentId: agentOf(request).agentId }),
          ) as never;
        },
      );
    }

    app.post(
      '/contacts/:contactId/transfer',
      { ...handles, schema: { params: contactParams, body: transferSchema, ...done } },
      async (request, reply) => {
        const { contactId } = request.params;
        const { agentId } = agentOf(request);
        const outcome = await deps.run({ kind: 'transfer', contactId, agentId, target: request.body.target });
        return answer(request, reply, outcome) as never;
      },
    );
    app.post(
      '/contacts/:contactId/digits',
      { ...handles, schema: { params: contactParams, body: digitsSchema, ...done } },
      async (request, reply) => {
        const { contactId } = request.params;
        const { agentId } = agentOf(request);
        return answer(
          request,
          reply,
          await deps.run({ kind: 'digits', contactId, agentId, digits: request.body.digits }),
        ) as never;
      },
    );
    app.put(
      '/contacts/:contactId/wrap-up',
      { ...handles, schema: { params: contactParams, body: wrapUpSchema, ...done } },
      async (request, reply) => {
        const { dispositionId, notes, done: finished } = request.body;
        const outcome = await deps.run({
          kind: 'wrap-up',
          contactId: request.params.contactId,
          agentId: agentOf(request).agentId,
          ...(dispositionId === undefined ? {} : { dispositionId }),
          ...(notes === undefined ? {} : { notes }),
          done: finished,
        });
        return answer(request, reply, outcome) as never;
      },
    );
  };
}
