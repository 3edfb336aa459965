import { CodedError } from '../../../config/errors.ts';
import type { NewContactRecord, OpenContactRecord, RecordingEnd, SegmentRecord, VoiceRecords } from '../ports.ts';

/** What was kept of one contact. */
export interface KeptContact {
  readonly contact: NewContactRecord;
  saved: unknown;
  readonly segments: SegmentRecord[];
  readonly phases: { readonly phase: string; readonly atMs: number }[];
  readonly events: { readonly kind: string; readonly data: Readonly<Record<string, unknown>> }[];
  wrapUp: { dispositionId?: string; notes?: string };
  end: { readonly atMs: number; readonly outcome: string; readonly cause: string } | undefined;
  closedAtMs: number | undefined;
}

/** Records in memory. */
export interface FakeRecords extends VoiceRecords {
  readonly contacts: Map<string, KeptContact>;
  readonly recordings: Map<string, { readonly path: string; readonly kind: string; end?: RecordingEnd }>;
  away: boolean;
}

export function fakeRecords(): FakeRecords {
  const contacts = new Map<string, KeptContact>();
  const recordings: FakeRecords['recordings'] = new Map();
  const on = (contactId: string, work: (kept: KeptContact) => void) => {
    const kept = contacts.get(contactId);
    if (kept) work(kept);
  };
  const customerCard = (number: string) => ({
    customerId: `customer-${number}`,
    displayName: number,
    vip: false,
    tags: [],
    numbers: [number],
    notes: '',
  });
  const records: FakeRecords = {
    contacts,
    recordings,
    away: false,
    async customerOf(number) {
      if (records.away) throw new CodedError('store.unavailable', {});
      return { card: customerCard(number) };
    },
    async openContacts() {
      return [...contacts.values()]
        .filter((kept) => kept.closedAtMs === undefined)
        .map(
          (kept): OpenContactRecord => ({
            ...kept.contact,
            ended: kept.end !== undefined,
            customer: { card: customerCard(kept.contact.callerNumber) },
            saved: kept.saved,
          }),
        );
    },
    hasEnded: async (contactId) => contacts.get(contactId)?.end !== undefined,
    create: (contact) =>
      void contacts.set(contact.contactId, {
        contact,
        saved: undefined,
        segments: [{ kind: 'flow', flowId: contact.flowId, atMs: contact.startedAtMs, why: 'new' }],
        phases: [],
        events: [],
        wrapUp: {},
        end: undefined,
        closedAtMs: undefined,
      }),
    save: (contactId, picture) =>
      on(contactId, (kept) => {
        kept.saved = JSON.parse(JSON.stringify(picture()));
      }),
    update: () => {},
    wrapUp: (contactId, wrapUp) => on(contactId, (kept) => Object.assign(kept.wrapUp, wrapUp)),
    segment: (contactId, segment) => on(contactId, (kept) => kept.segments.push(segment)),
    phase: (contactId, phase, atMs) => on(contactId, (kept) => kept.phases.push({ phase, atMs })),
    startWrapUpAside: () => {},
    endWrapUpAside: () => {},
    end: (contactId, end) => on(contactId, (kept) => (kept.end ??= end)),
    close: (contactId, atMs) => on(contactId, (kept) => (kept.closedAtMs ??= atMs)),
    event: (contactId, event) => on(contactId, (kept) => kept.events.push(event)),
    startRecording: ({ recordingId, path, kind }) => void recordings.set(recordingId, { path, kind }),
    recordingPauses: () => {},
    finishRecording: (_contactId, recordingId, end) => {
      const recording = recordings.get(recordingId);
      if (recording) recording.end = end;
    },
  };
  return records;
}
