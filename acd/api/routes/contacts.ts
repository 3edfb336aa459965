import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CodedError } from '../../../config/errors.ts';
import { sightOf } from '../../floor/index.ts';
import { type ContactListItem, listContacts, recordingsOf, segmentsOf } from '../../store/index.ts';
import { agentOf, allowed, identityOf } from '../authorize.ts';
import { contactDetail, contactSummary } from '../contact-presenter.ts';
import { contactDetailSchema, contactPageSchema } from '../contract/index.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { maskNumber } from '../mask-number.ts';

const DAY_MS = 86_400_000;

/** Reading contacts: today's of the agent, and one with all its parts. */
export function contactRoutes(deps: ApiDependencies): FastifyPluginAsyncZod {
  async function partsOf(contact: ContactListItem) {
    const [segments, recordings] = [await segmentsOf(deps.db, contact.id), await recordingsOf(deps.db, contact.id)];
    return { segments, recordings };
  }

  return async (app) => {
    app.get(
      '/contacts/today',
      {
        ...allowed('contacts.handle'),
        schema: {
          querystring: z.object({ cursor: z.string().max(120).optional() }),
          response: { 200: contactPageSchema },
        },
      },
      async (request) => {
        const identity = identityOf(request);
        const after = readCursor(request.query.cursor);
        const fromMs = startOfDay(deps.clock.now(), deps.settings.utcOffsetMinutes);
        const page = await listContacts(
          deps.db,
          { agentId: agentOf(request).agentId, fromMs },
          { limit: 50, ...(after ? { after } : {}) },
        );
        const names = deps.names();
        const items = [];
        for (const contact of page.contacts) {
          items.push(contactSummary(contact, await partsOf(contact), names, sightOf(identity, maskNumber)));
        }
        return { items, ...(page.next ? { nextCursor: writeCursor(page.next) } : {}) };
      },
    );

    app.get(
      '/contacts/:contactId',
      {
        ...allowed('contacts.handle', 'contacts.view-all'),
        schema: { params: z.object({ contactId: z.string().max(60) }), response: { 200: contactDetailSchema } },
      },
      async (request) => {
        const identity = identityOf(request);
        const { contacts } = await listContacts(deps.db, { contactId: request.params.contactId }, { limit: 1 });
        const contact = contacts[0];
        if (!contact) throw new CodedError('thing.not-found', { what: 'contact' });
        const detail = await contactDetail(
          deps.db,
          contact,
          await partsOf(contact),
          deps.names(),
          sightOf(identity, maskNumber),
        );
        if (!detail) throw new CodedError('thing.not-found', { what: 'customer' });
        return detail;
      },
    );
  };
}

/** The local midnight before `nowMs`. */
export function startOfDay(nowMs: number, utcOffsetMinutes: number): number {
  const offsetMs = utcOffsetMinutes * 60_000;
  return Math.floor((nowMs + offsetMs) / DAY_MS) * DAY_MS - offsetMs;
}
