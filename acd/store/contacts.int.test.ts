import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { describeOnBothDatabases } from '../../tests/services/databases.ts';
import {
  addContactEvents,
  closeContact,
  contactEvents,
  createContact,
  customerOfIdentity,
  customerTimeline,
  type Database,
  endContact,
  endWrapUpAside,
  enterPhase,
  findContact,
  finishRecording,
  listContacts,
  listOpenContacts,
  nextSegment,
  type Segment,
  segmentsOf,
  startRecording,
  startWrapUpAside,
  updateContact,
} from './index.ts';

const T0 = 1_800_000_000_000;

async function inbound(db: Database, startedAtMs = T0, customerId?: string): Promise<string> {
  const id = randomUUID();
  await createContact(db, {
    id,
    channel: 'voice',
    direction: 'inbound',
    startedAtMs,
    first: { kind: 'flow', flowId: 'main' },
    ...(customerId === undefined ? {} : { customerId }),
  });
  return id;
}

const total = (segment: Segment) =>
  segment.flowMs + segment.waitMs + segment.ringMs + segment.talkMs + segment.holdMs + segment.wrapUpMs;

describeOnBothDatabases('contacts and segments', (db) => {
  it('adds segments up to the span, through queue, ring, talk, hold, transfer and wrap-up', async () => {
    const id = await inbound(db());
    await nextSegment(db(), id, { kind: 'queue', queueId: 'sales', atMs: T0 + 10_000, why: 'queued' });
    await enterPhase(db(), id, 'ring', T0 + 25_000);
    await nextSegment(db(), id, { kind: 'agent', agentId: 'a1', queueId: 'sales', atMs: T0 + 30_000, why: 'answered' });
    await enterPhase(db(), id, 'hold', T0 + 50_000);
    await enterPhase(db(), id, 'talk', T0 + 57_000);
    await nextSegment(db(), id, { kind: 'queue', queueId: 'tech', atMs: T0 + 60_000, why: 'transferred' });
    await startWrapUpAside(db(), id, { agentId: 'a1', queueId: 'sales', atMs: T0 + 60_000 });
    await nextSegment(db(), id, { kind: 'agent', agentId: 'a2', queueId: 'tech', atMs: T0 + 70_000, why: 'answered' });
    expect(await endWrapUpAside(db(), id, { agentId: 'a1', atMs: T0 + 75_000 })).toBe(true);
    expect(await endContact(db(), id, { atMs: T0 + 100_123, outcome: 'answered', cause: 'normal' })).toBe(true);
    await nextSegment(db(), id, { kind: 'wrap-up', agentId: 'a2', queueId: 'tech', atMs: T0 + 100_123, why: 'ended' });
    expect(await closeContact(db(), id, T0 + 130_456)).toBe(true);

    const contact = await findContact(db(), id);
    const segments = await segmentsOf(db(), id);
    const inSpan = segments.filter((segment) => !segment.aside);
    expect(inSpan.reduce((sum, segment) => sum + total(segment), 0)).toBe(130_456);
    expect(contact).toMatchObject({ startedAtMs: T0, endedAtMs: T0 + 100_123, closedAtMs: T0 + 130_456 });
    expect(
      segments.map((s) => [s.kind, s.aside, s.flowMs, s.waitMs, s.ringMs, s.talkMs, s.holdMs, s.wrapUpMs]),
    ).toEqual([
      ['flow', false, 10_000, 0, 0, 0, 0, 0],
      ['queue', false, 0, 15_000, 5_000, 0, 0, 0],
      ['agent', false, 0, 0, 0, 23_000, 7_000, 0],
      ['queue', false, 0, 10_000, 0, 0, 0, 0],
      ['wrap-up', true, 0, 0, 0, 0, 0, 15_000],
      ['agent', false, 0, 0, 0, 30_123, 0, 0],
      ['wrap-up', false, 0, 0, 0, 0, 0, 30_333],
    ]);
  });

  it('keeps the sum when times come late, twice or at once', async () => {
    const id = await inbound(db());
    await Promise.all([
      nextSegment(db(), id, { kind: 'queue', queueId: 'q', atMs: T0 + 5_000, why: 'x' }),
      nextSegment(db(), id, { kind: 'agent', agentId: 'a', atMs: T0 + 4_000, why: 'x' }),
      enterPhase(db(), id, 'hold', T0 + 3_000),
      enterPhase(db(), id, 'ring', T0 - 99_000),
    ]);
    await endContact(db(), id, { atMs: T0 + 1_000, outcome: 'abandoned' });
    await Promise.all([closeContact(db(), id, T0 + 2_000), closeContact(db(), id, T0 + 2_000)]);
    const contact = await findContact(db(), id);
    const segments = await segmentsOf(db(), id);
    expect(segments.map((segment) => segment.ordinal)).toEqual([1, 2, 3]);
    expect(segments.every((segment) => segment.endedAtMs !== null && total(segment) >= 0)).toBe(true);
    expect(segments.reduce((sum, segment) => sum + total(segment), 0)).toBe(
      contact!.closedAtMs! - contact!.startedAtMs,
    );
  });

  it('gives a contact exactly one outcome, and closes only what has ended', async () => {
    const id = await inbound(db());
    expect(await closeContact(db(), id, T0 + 1)).toBe(false);
    const ends = await Promise.all(
      ['answered', 'abandoned'].map((outcome) => endContact(db(), id, { atMs: T0 + 9, outcome })),
    );
    expect(ends.filter(Boolean)).toHaveLength(1);
    expect(await closeContact(db(), id, T0 + 10)).toBe(true);
    expect(await closeContact(db(), id, T0 + 99)).toBe(false);
    expect(await nextSegment(db(), id, { kind: 'queue', atMs: T0 + 20, why: 'late' })).toBeUndefined();
    expect(await enterPhase(db(), id, 'talk', T0 + 20)).toBe(false);
    expect(await endContact(db(), 'nobody', { atMs: T0, outcome: 'x' })).toBe(false);
  });

  it('makes a contact once, however often it is asked', async () => {
    const id = await inbound(db());
    const again = { id, channel: 'voice', direction: 'inbound', startedAtMs: T0 + 5, first: { kind: 'flow' } } as const;
    expect(await createContact(db(), again)).toBe(false);
    expect(await segmentsOf(db(), id)).toHaveLength(1);
    expect((await listOpenContacts(db())).map((contact) => contact.id)).toContain(id);
  });

  it('pages without gaps or repeats while contacts share an instant and new ones arrive', async () => {
    const { customer } = await customerOfIdentity(db(), { kind: 'phone', value: '+8613800000001' });
    const made: string[] = [];
    for (let n = 0; n < 7; n++) made.push(await inbound(db(), T0 + (n < 4 ? 0 : n), customer.id));
    const seen: string[] = [];
    let page = await listContacts(db(), { customerId: customer.id }, { limit: 3 });
    await inbound(db(), T0 + 99_999, customer.id);
    for (;;) {
      seen.push(...page.contacts.map((contact) => contact.id));
      if (!page.next) break;
      page = await listContacts(db(), { customerId: customer.id }, { limit: 3, after: page.next });
    }
    expect(seen).toHaveLength(7);
    expect([...seen].sort()).toEqual([...made].sort());
  });

  it('finds the contacts of an agent, of a queue and of a time', async () => {
    const early = await inbound(db(), T0 - 86_400_000);
    const today = await inbound(db(), T0 + 50);
    for (const id of [early, today]) {
      await nextSegment(db(), id, { kind: 'agent', agentId: 'zoe', queueId: 'rare', atMs: T0 + 60, why: 'x' });
    }
    const ids = async (filter: Parameters<typeof listContacts>[1]) =>
      (await listContacts(db(), filter)).contacts.map((contact) => contact.id);
    expect(await ids({ agentId: 'zoe' })).toEqual([today, early]);
    expect(await ids({ agentId: 'zoe', fromMs: T0 })).toEqual([today]);
    expect(await ids({ queueId: 'rare', toMs: T0, open: true, channel: 'voice' })).toEqual([early]);
    expect(await ids({ queueId: 'rare', outcome: 'answered' })).toEqual([]);
  });

  it('shows a customer with contacts, segments and recordings', async () => {
    const { customer } = await customerOfIdentity(db(), { kind: 'phone', value: '+8613800000002' });
    const id = await inbound(db(), T0, customer.id);
    await updateContact(db(), id, { reason: 'invoice', variables: { menu: '1' }, answeredAtMs: T0 + 5 });
    await updateContact(db(), id, { variables: { order: 7 }, notes: 'calls again', answeredAtMs: T0 + 9 });
    await startRecording(db(), {
      id: `r-${id}`,
      contactId: id,
      kind: 'conversation',
      path: `${id}.wav`,
      startedAtMs: T0 + 5,
    });
    await finishRecording(db(), `r-${id}`, { state: 'cut-short', durationMs: 1_200 });
    const timeline = await customerTimeline(db(), customer.id);
    expect(timeline.entries).toHaveLength(1);
    expect(timeline.entries[0]).toMatchObject({
      reason: 'invoice',
      notes: 'calls again',
      answeredAtMs: T0 + 5,
      variables: { menu: '1', order: 7 },
      segments: [{ kind: 'flow' }],
      recordingList: [{ state: 'cut-short', durationMs: 1_200, endedAtMs: null }],
    });
  });

  it('tells the story of a contact in order, and leaves out contacts that are not there', async () => {
    const id = await inbound(db());
    await addContactEvents(db(), [
      { contactId: id, atMs: T0 + 2, kind: 'second', data: { n: 2 } },
      { contactId: id, atMs: T0 + 1, kind: 'first', data: {} },
      { contactId: 'nobody', atMs: T0, kind: 'lost', data: {} },
    ]);
    expect((await contactEvents(db(), id)).map((event) => event.kind)).toEqual(['first', 'second']);
  });
});
