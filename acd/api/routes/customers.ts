import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CodedError } from '../../../config/errors.ts';
import { loadCard, VIP_TIER } from '../../customers/index.ts';
import { cardInSight, type Sight, sightOf } from '../../floor/index.ts';
import { addAudit, customerTimeline, findCustomer, updateCustomer } from '../../store/index.ts';
import { allowed, identityOf } from '../authorize.ts';
import { contactSummary } from '../contact-presenter.ts';
import { contactPageSchema, customerCardSchema, editCustomerSchema } from '../contract/index.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { maskNumber } from '../mask-number.ts';

const params = z.object({ customerId: z.string().max(60) });

/** Customers: the card, its editing, and the timeline of all channels. */
export function customerRoutes(deps: ApiDependencies): FastifyPluginAsyncZod {
  async function cardFor(customerId: string, sight: Sight) {
    const customer = await findCustomer(deps.db, customerId);
    if (!customer) throw new CodedError('thing.not-found', { what: 'customer' });
    return cardInSight(await loadCard(deps.db, customer), sight);
  }

  return async (app) => {
    app.get(
      '/customers/:customerId',
      { ...allowed('contacts.handle', 'contacts.view-all'), schema: { params, response: { 200: customerCardSchema } } },
      async (request) => cardFor(request.params.customerId, sightOf(identityOf(request), maskNumber)),
    );

    app.patch(
      '/customers/:customerId',
      {
        ...allowed('customers.edit'),
        schema: { params, body: editCustomerSchema, response: { 200: customerCardSchema } },
      },
      async (request) => {
        const identity = identityOf(request);
        const { customerId } = request.params;
        const { displayName, notes, tags, vip } = request.body;
        const changed = await updateCustomer(deps.db, customerId, {
          ...(displayName === undefined ? {} : { displayName }),
          ...(vip === undefined ? {} : { tier: vip ? VIP_TIER : 'standard' }),
          attributes: { ...(notes === undefined ? {} : { notes }), ...(tags === undefined ? {} : { tags }) },
        });
        if (!changed) throw new CodedError('thing.not-found', { what: 'customer' });
        await addAudit(deps.db, {
          actorId: identity.userId,
          action: 'edited',
          objectKind: 'customer',
          objectId: customerId,
          detail: { fields: Object.keys(request.body) },
        });
        return cardFor(customerId, sightOf(identity, maskNumber));
      },
    );

    app.get(
      '/customers/:customerId/timeline',
      {
        ...allowed('contacts.handle', 'contacts.view-all'),
        schema: {
          params,
          querystring: z.object({ cursor: z.string().max(120).optional() }),
          response: { 200: contactPageSchema },
        },
      },
      async (request) => {
        const after = readCursor(request.query.cursor);
        if (!(await findCustomer(deps.db, request.params.customerId)))
          throw new CodedError('thing.not-found', { what: 'customer' });
        const timeline = await customerTimeline(deps.db, request.params.customerId, after ? { after } : {});
        const names = deps.names();
        const sight = sightOf(identityOf(request), maskNumber);
        return {
          items: timeline.entries.map((entry) =>
            contactSummary(entry, { segments: entry.segments, recordings: entry.recordingList }, names, sight),
          ),
          ...(timeline.next ? { nextCursor: writeCursor(timeline.next) } : {}),
        };
      },
    );
  };
}
