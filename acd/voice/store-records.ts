import type { Clock } from '../../config/clock.ts';
import type { Logger } from '../../config/logger.ts';
import { type Locale, localeSchema } from '../api/contract/index.ts';
import { customerCard } from '../customers/index.ts';
import {
  addContactEvents,
  type Customer,
  closeContact,
  createContact,
  customerOfIdentity,
  type Database,
  endContact,
  endWrapUpAside,
  enterPhase,
  findContact,
  findCustomer,
  finishRecording,
  type Identity,
  identitiesOf,
  identityOfCaller,
  insertCustomer,
  listOpenContacts,
  nextSegment,
  segmentsOf,
  setRecordingPauses,
  startRecording,
  startWrapUpAside,
  updateContact,
} from '../store/index.ts';
import type { KnownCustomer, OpenContactRecord, VoiceRecords } from './ports.ts';
import { createWriteLine } from './write-line.ts';

/** The records of calls in the database. */
export interface StoreRecords extends VoiceRecords {
  /** Resolves when everything is written. */
  idle(): Promise<void>;
  /** Writes that wait or are under way. */
  readonly waiting: number;
  /** Idempotent; writes that wait are given up. */
  shut(): void;
}

/** The contact's variable in which voice keeps what it needs after a restart. */
const SAVED = 'voice';

/** Reading waits for the database; writing is put in a line per contact and goes on when the database is back. */
export function storeRecords(options: {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
}): StoreRecords {
  const { db } = options;
  const line = createWriteLine(options);
  return {
    async customerOf(number, language) {
      const identity = identityOfCaller(number);
      if (!identity) return known(await insertCustomer(db, { locale: language }), []);
      const { customer } = await customerOfIdentity(db, identity);
      return known(customer, customer.identities);
    },
    async openContacts() {
      const records: OpenContactRecord[] = [];
      for (const contact of await listOpenContacts(db)) {
        const customer = contact.customerId === null ? undefined : await findCustomer(db, contact.customerId);
        if (contact.channel !== 'voice' || !customer) continue;
        records.push({
          contactId: contact.id,
          node: contact.node ?? '',
          callerNumber: contact.remoteAddress ?? '',
          dialedNumber: contact.localAddress ?? '',
          direction: contact.direction === 'outbound' ? 'outbound' : 'inbound',
          startedAtMs: contact.startedAtMs,
          ended: contact.endedAtMs !== null,
          customer: known(customer, await identitiesOf(db, customer.id)),
          saved: contact.variables[SAVED],
        });
      }
      return records;
    },
    async hasEnded(contactId) {
      const contact = await findContact(db, contactId);
      return contact !== undefined && contact.endedAtMs !== null;
    },
    create: (contact) =>
      line.put(contact.contactId, 'contact', () =>
        createContact(db, {
          id: contact.contactId,
          channel: 'voice',
          direction: contact.direction,
          customerId: contact.customerId,
          remoteAddress: contact.callerNumber,
          localAddress: contact.dialedNumber,
          flowId: contact.flowId,
          node: contact.node,
          startedAtMs: contact.startedAtMs,
          first: { kind: 'flow', flowId: contact.flowId },
        }),
      ),
    save: (contactId, picture) =>
      line.putLatest(contactId, 'state', () => updateContact(db, contactId, { variables: { [SAVED]: picture() } })),
    update: (contactId, changes) => line.put(contactId, 'changes', () => updateContact(db, contactId, changes)),
    wrapUp: (contactId, wrapUp) => line.put(contactId, 'wrap-up', () => updateContact(db, contactId, wrapUp)),
    segment: (contactId, segment) => line.put(contactId, 'segment', () => beginSegment(db, contactId, segment)),
    phase: (contactId, phase, atMs) => line.put(contactId, 'phase', () => enterPhase(db, contactId, phase, atMs)),
    startWrapUpAside: (contactId, wrapUp) =>
      line.put(contactId, 'wrap-up aside', () => startWrapUpAside(db, contactId, wrapUp)),
    endWrapUpAside: (contactId, wrapUp) =>
      line.put(contactId, 'wrap-up aside', () => endWrapUpAside(db, contactId, wrapUp)),
    end: (contactId, end) => line.put(contactId, 'end', () => endContact(db, contactId, end)),
    close: (contactId, atMs) => line.put(contactId, 'close', () => closeContact(db, contactId, atMs)),
    event: (contactId, event) => line.put(contactId, 'event', () => addContactEvents(db, [{ ...event, contactId }])),
    startRecording: ({ recordingId, ...recording }) =>
      line.put(recording.contactId, 'recording', () => startRecording(db, { id: recordingId, ...recording })),
    recordingPauses: (contactId, recordingId, pauses) =>
      line.put(contactId, 'recording', () => setRecordingPauses(db, recordingId, pauses)),
    finishRecording: (contactId, recordingId, end) =>
      line.put(contactId, 'recording', () => finishRecording(db, recordingId, end)),
    idle: () => line.idle(),
    get waiting() {
      return line.waiting;
    },
    shut: () => line.close(),
  };
}

function known(customer: Customer, identities: readonly Identity[]): KnownCustomer {
  const language = localeSchema.safeParse(customer.locale);
  return {
    card: customerCard(customer, identities),
    ...(customer.tier === null ? {} : { tier: customer.tier }),
    ...(language.success ? { language: language.data satisfies Locale } : {}),
  };
}

/** After a restart an agent may be joined to a caller again: that is the stay which runs already, not another one. */
async function beginSegment(
  db: Database,
  contactId: string,
  segment: Parameters<typeof nextSegment>[2],
): Promise<void> {
  if (segment.kind === 'agent') {
    const running = (await segmentsOf(db, contactId)).at(-1);
    if (running?.kind === 'agent' && running.endedAtMs === null && running.agentId === segment.agentId) return;
  }
  await nextSegment(db, contactId, segment);
}
