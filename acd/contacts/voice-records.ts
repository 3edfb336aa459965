import { isCoded } from '../../config/errors.ts';
import { loadCard } from '../customers/index.ts';
import {
  addContactEvents,
  type Contact,
  type Customer,
  closeContact,
  createContact,
  customerOfIdentity,
  type Database,
  endContact,
  endWrapUpAside,
  enterPhase,
  findCustomer,
  finishRecording,
  identityOfCaller,
  insertCustomer,
  listOpenContacts,
  nextSegment,
  setRecordingPauses,
  startRecording,
  startWrapUpAside,
  updateContact,
} from '../store/index.ts';
import type { KnownCustomer, OpenContactRecord, VoiceRecords } from '../voice/index.ts';
import type { WriteLine } from './write-line.ts';

/** Where a contact keeps what the voice room needs to go on after a restart. */
const SAVED = 'voice';

async function known(db: Database, customer: Customer): Promise<KnownCustomer> {
  return {
    card: await loadCard(db, customer),
    ...(customer.tier === null ? {} : { tier: customer.tier }),
    ...(customer.locale === 'zh-CN' || customer.locale === 'en' ? { language: customer.locale } : {}),
  };
}

async function openRecord(db: Database, contact: Contact): Promise<OpenContactRecord | undefined> {
  const customer = contact.customerId === null ? undefined : await findCustomer(db, contact.customerId);
  if (!customer || contact.channel !== 'voice') return undefined;
  return {
    contactId: contact.id,
    node: contact.node ?? '',
    callerNumber: contact.remoteAddress ?? '',
    dialedNumber: contact.localAddress ?? '',
    direction: contact.direction === 'outbound' ? 'outbound' : 'inbound',
    startedAtMs: contact.startedAtMs,
    ended: contact.endedAtMs !== null,
    customer: await known(db, customer),
    saved: contact.variables[SAVED],
  };
}

/** Keeps calls in the database by way of the line of writes, so that no call waits for it. */
export function voiceRecords(db: Database, line: WriteLine): VoiceRecords {
  const write = (contactId: string, what: string, task: () => Promise<unknown>) => line.add(contactId, what, task);

  return {
    async customerOf(number, language) {
      const identity = identityOfCaller(number);
      if (!identity) return known(db, await insertCustomer(db, { locale: language }));
      const { customer } = await customerOfIdentity(db, identity);
      return known(db, customer);
    },
    async openContacts() {
      const open: OpenContactRecord[] = [];
      for (const contact of await listOpenContacts(db)) {
        const record = await openRecord(db, contact);
        if (record) open.push(record);
      }
      return open;
    },
    create: (contact) =>
      write(contact.contactId, 'contact', () =>
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
    save: (contactId, saved) =>
      line.add(contactId, 'state', () => updateContact(db, contactId, { variables: { [SAVED]: saved } }), {
        replaces: 'state',
        droppable: true,
      }),
    update: (contactId, changes) => write(contactId, 'changes', () => updateContact(db, contactId, changes)),
    wrapUp: (contactId, wrapUp) =>
      write(contactId, 'wrap-up', async () => {
        try {
          await updateContact(db, contactId, wrapUp);
        } catch (error) {
          // A disposition that was removed meanwhile must not cost the notes.
          if (!isCoded(error, 'store.conflict') || wrapUp.notes === undefined) throw error;
          await updateContact(db, contactId, { notes: wrapUp.notes });
        }
      }),
    segment: (contactId, segment) => write(contactId, 'segment', () => nextSegment(db, contactId, segment)),
    phase: (contactId, phase, atMs) => write(contactId, 'phase', () => enterPhase(db, contactId, phase, atMs)),
    startWrapUpAside: (contactId, wrapUp) =>
      write(contactId, 'wrap-up begins', () => startWrapUpAside(db, contactId, wrapUp)),
    endWrapUpAside: (contactId, wrapUp) =>
      write(contactId, 'wrap-up ends', () => endWrapUpAside(db, contactId, wrapUp)),
    end: (contactId, end) => write(contactId, 'end', () => endContact(db, contactId, end)),
    close: (contactId, atMs) => write(contactId, 'close', () => closeContact(db, contactId, atMs)),
    event: (contactId, event) =>
      line.add(contactId, 'event', () => addContactEvents(db, [{ contactId, ...event }]), { droppable: true }),
    startRecording: (recording) =>
      write(recording.contactId, 'recording', () =>
        startRecording(db, {
          id: recording.recordingId,
          contactId: recording.contactId,
          ...(recording.agentId === undefined ? {} : { agentId: recording.agentId }),
          kind: recording.kind,
          path: recording.path,
          startedAtMs: recording.startedAtMs,
        }),
      ),
    recordingPauses: (recordingId, pauses) =>
      write(recordingId, 'recording pauses', () => setRecordingPauses(db, recordingId, pauses)),
    finishRecording: (contactId, recordingId, end) =>
      write(contactId, 'recording end', () => finishRecording(db, recordingId, end)),
  };
}
