import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishRecording, listAudit, startRecording } from '../store/index.ts';
import { createRig, type Rig, until } from './testing/rig.ts';
import type { Visitor } from './testing/visitor.ts';

let rig: Rig;
let wang: Visitor;
let li: Visitor;
let chen: Visitor;
beforeAll(async () => {
  rig = await createRig();
  chen = await rig.signedIn('chen');
});
afterAll(() => rig?.close());

const NUMBER = '13911112222';
const MASKED = '139****2222';
interface Shown {
  readonly contactId: string;
  readonly state: string;
}
const deskOf = async (agent: Visitor) => (await agent.ask('GET /desk')).body;
const shown = async (agent: Visitor, contactId: string): Promise<(Shown & Record<string, unknown>) | undefined> =>
  (await deskOf(agent)).contacts.find((one: Shown) => one.contactId === contactId);
const state = (agent: Visitor, contactId: string, wanted: string) =>
  until(wanted, async () => (await shown(agent, contactId))?.state === wanted);

describe('a shift', () => {
  it('gives a phone, begins on break, and refuses what is not there', async () => {
    wang = await rig.signedIn('wang');
    const { body } = await wang.ask('POST /shift');
    expect(body).toMatchObject({ user: '1001', domain: 'tandem.local' });
    expect(body.password.length).toBeGreaterThan(20);
    expect(await deskOf(wang)).toMatchObject({ onShift: true, status: 'break', phoneRegistered: false });
    rig.control.setPhone('1001', { does: 'answer', afterMs: 20 });
    rig.control.register('1001');
    const refused = await wang.ask('PUT /status', { body: { status: 'break', breakReasonId: 'holiday' } });
    expect([refused.status, refused.body.code, refused.body.reason]).toEqual([409, 'state.conflict', 'unknown-reason']);
    expect((await wang.ask('PUT /status', { body: { status: 'break', breakReasonId: 'meal' } })).body).toEqual({
      ok: true,
    });
    expect(await deskOf(wang)).toMatchObject({ status: 'break', breakReasonId: 'meal', phoneRegistered: true });
    const again = await wang.ask('POST /shift/phone');
    expect(again.body.password).not.toBe(body.password);
  });

  it('says whom one can transfer to', async () => {
    li = await rig.signedIn('li');
    await li.ask('POST /shift');
    const { body } = await wang.ask('GET /directory');
    expect(body.agents.map((agent: { agentId: string }) => agent.agentId)).toEqual(['li']);
    expect(body.queues.map((queue: { queueId: string }) => queue.queueId).sort()).toEqual(['sales', 'service']);
    expect(body.breakReasons.length).toBeGreaterThan(3);
  });
});

describe('a call', () => {
  let contactId: string;
  let customerId: string;

  it('comes to the desk with the number masked, and is held, taken back and sent digits', async () => {
    await wang.ask('PUT /status', { body: { status: 'available' } });
    ({ contactId } = await rig.conversation(wang, NUMBER));
    const contact = await shown(wang, contactId);
    expect(contact).toMatchObject({ callerNumber: MASKED, customer: { numbers: [expect.stringContaining('****')] } });
    expect(JSON.stringify(await deskOf(wang))).not.toContain('1111');
    customerId = (contact as unknown as { customer: { customerId: string } }).customer.customerId;
    expect((await wang.ask(`POST /contacts/${contactId}/hold`)).body).toEqual({ ok: true });
    await state(wang, contactId, 'held');
    expect((await wang.ask(`POST /contacts/${contactId}/unhold`)).body).toEqual({ ok: true });
    await state(wang, contactId, 'talking');
    expect((await wang.ask(`POST /contacts/${contactId}/digits`, { body: { digits: '12' } })).status).toBe(200);
    expect((await wang.ask(`POST /contacts/${contactId}/recording/pause`)).status).toBe(200);
    expect((await shown(wang, contactId))?.recording).toBe('paused');
    expect((await wang.ask(`POST /contacts/${contactId}/recording/resume`)).status).toBe(200);
  });

  it('is nobody else’s business', async () => {
    for (const verb of ['hold', 'unhold', 'hang-up', 'recording/pause', 'recording/resume']) {
      const answer = await li.ask(`POST /contacts/${contactId}/${verb}`);
      expect([verb, answer.status, answer.body.code]).toEqual([verb, 403, 'access.forbidden']);
    }
    expect((await shown(wang, contactId))?.state).toBe('talking');
  });

  it('refuses what the present state does not allow', async () => {
    const noWrapUp = await wang.ask(`POST /contacts/${contactId}/wrap-up/extend`);
    expect([noWrapUp.status, noWrapUp.body.reason]).toEqual([409, 'no-wrap-up']);
    const nowhere = await wang.ask(`POST /contacts/${contactId}/transfer`, {
      body: { target: { kind: 'queue', queueId: 'nowhere' } },
    });
    expect(nowhere.status).toBeGreaterThanOrEqual(404);
    expect((await shown(wang, contactId))?.state).toBe('talking');
  });

  it('is wrapped up once, however often it is said', async () => {
    const headers = { 'idempotency-key': 'hang-up-once' };
    const answers = await Promise.all(
      [1, 2, 3].map(() => wang.ask(`POST /contacts/${contactId}/hang-up`, { headers })),
    );
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    await state(wang, contactId, 'wrap-up');
    const before = (await shown(wang, contactId))?.wrapUp as { endsAtMs: number };
    const extend = { headers: { 'idempotency-key': 'extend-once' } };
    await wang.ask(`POST /contacts/${contactId}/wrap-up/extend`, extend);
    await wang.ask(`POST /contacts/${contactId}/wrap-up/extend`, extend);
    const after = (await shown(wang, contactId))?.wrapUp as { endsAtMs: number; extensionsLeft: number };
    expect(after).toMatchObject({ endsAtMs: before.endsAtMs + 30_000, extensionsLeft: 2 });
    const body = { dispositionId: 'resolved', notes: 'done', done: true };
    expect((await wang.ask(`PUT /contacts/${contactId}/wrap-up`, { body })).body).toEqual({ ok: true });
    expect((await deskOf(wang)).contacts).toEqual([]);
  });

  it('stands in the list of today and in the timeline, masked, and whole for who sees numbers', async () => {
    const today = await until('the list', async () => {
      const { body } = await wang.ask('GET /contacts/today');
      return body.items[0]?.dispositionName ? body : undefined;
    });
    expect(today.items[0]).toMatchObject({
      contactId,
      callerNumber: MASKED,
      customerName: expect.stringContaining('****'),
    });
    const timeline = await wang.ask(`GET /customers/${customerId}/timeline`);
    expect(timeline.body.items[0]).toMatchObject({ contactId, notes: 'done' });
    expect(JSON.stringify([today, timeline.body])).not.toContain('1111');
    const detail = await wang.ask(`GET /contacts/${contactId}`);
    expect(detail.body.segments.length).toBeGreaterThan(1);
    expect(JSON.stringify(detail.body)).not.toContain('1111');
    expect(JSON.stringify((await wang.ask(`GET /customers/${customerId}`)).body)).not.toContain('1111');
    expect((await chen.ask(`GET /contacts/${contactId}`)).body.callerNumber).toContain(NUMBER);
  });

  it('keeps edits of the customer, with an entry in the audit', async () => {
    const body = { displayName: '周杰', vip: true, tags: ['gold'], notes: 'likes tea' };
    const edited = await wang.ask(`PATCH /customers/${customerId}`, { body });
    expect(edited.body).toMatchObject(body);
    const refused = await wang.ask(`PATCH /customers/${customerId}`, { body: { displayName: 'other', tags: [''] } });
    expect([refused.status, refused.body.fields[0].path]).toEqual([400, 'tags.0']);
    expect((await wang.ask(`GET /customers/${customerId}`)).body.displayName).toBe('周杰');
    const entry = (await listAudit(rig.db)).find((one) => one.objectId === customerId);
    expect(entry).toMatchObject({ action: 'edited', detail: { fields: expect.arrayContaining(Object.keys(body)) } });
  });
});

describe('an offer', () => {
  it('is declined once, and an old one needs no declining', async () => {
    rig.control.setPhone('1001', { does: 'ring' });
    await wang.ask('PUT /status', { body: { status: 'available' } });
    const { contactId, legId } = await rig.callerInSales();
    await state(wang, contactId, 'ringing');
    const { offer } = (await shown(wang, contactId)) as unknown as { offer: { offerId: string } };
    const notMine = await li.ask(`POST /offers/${offer.offerId}/decline`);
    expect(notMine.status).toBe(403);
    expect((await wang.ask(`POST /offers/${offer.offerId}/decline`)).body).toEqual({ ok: true });
    await until('no ringing', async () => (await deskOf(wang)).contacts.length === 0);
    expect((await wang.ask(`POST /offers/${offer.offerId}/decline`)).body).toEqual({ ok: true });
    rig.control.phoneEnds(legId);
    rig.control.setPhone('1001', { does: 'answer', afterMs: 20 });
  });
});

describe('the same command twice', () => {
  const put = (agent: Visitor, status: string, key: string) =>
    agent.ask('PUT /status', { body: { status }, headers: { 'idempotency-key': key } });

  it('gives the first answer again, for the same person and the same words only', async () => {
    expect((await put(wang, 'break', 'status-key-1')).status).toBe(200);
    await wang.ask('PUT /status', { body: { status: 'available' } });
    expect((await put(wang, 'break', 'status-key-1')).status).toBe(200);
    expect((await deskOf(wang)).status).toBe('available');
    const other = await put(wang, 'available', 'status-key-1');
    expect([other.status, other.body.fields[0].path]).toEqual([409, 'Idempotency-Key']);
    await put(li, 'break', 'status-key-1');
    expect((await deskOf(li)).status).toBe('break');
  });

  it('is forgotten after ten minutes, and keys have a form', async () => {
    expect((await put(wang, 'break', 'status-key-2')).status).toBe(200);
    rig.clock.jump(10 * 60_000 + 1);
    await wang.ask('PUT /status', { body: { status: 'available' } });
    expect((await put(wang, 'break', 'status-key-2')).status).toBe(200);
    expect((await deskOf(wang)).status).toBe('break');
    const short = await put(wang, 'break', 'short');
    expect([short.status, short.body.fields[0].path]).toEqual([400, 'Idempotency-Key']);
  });
});

describe('pages of a long list', () => {
  it('follow each other without gap or repetition', async () => {
    const first = await wang.ask('GET /contacts/today');
    const customer = first.body.items[0].customerId;
    await rig.db.query(
      `insert into contacts (id, channel, direction, customer_id, started_at, ended_at, closed_at, outcome)
       select 'old-' || n, 'voice', 'inbound', $1, now() - n * interval '1 day', now() - n * interval '1 day', now() - n * interval '1 day', 'answered'
         from generate_series(1, 130) n`,
      [customer],
    );
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 10; page++) {
      const { body } = await wang.ask(`GET /customers/${customer}/timeline${cursor}`);
      seen.push(...body.items.map((item: Shown) => item.contactId));
      if (!body.nextCursor) break;
      cursor = `?cursor=${body.nextCursor}`;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => id.startsWith('old-'))).toHaveLength(130);
  });
});

describe('recordings', () => {
  const SOUND = Buffer.from('RIFF0123456789abcdefghij');
  let mine = '';
  async function recording(id: string, path: string, contactId: string): Promise<void> {
    await startRecording(rig.db, { id, contactId, kind: 'conversation', path, startedAtMs: Date.now() });
    await finishRecording(rig.db, id, { state: 'stored', endedAtMs: Date.now(), durationMs: 1, sizeBytes: 1 });
  }
  beforeAll(async () => {
    mine = (await wang.ask('GET /contacts/today')).body.items.at(-1).contactId;
    mkdirSync(rig.recordingsDir, { recursive: true });
    writeFileSync(join(rig.recordingsDir, 'one.wav'), SOUND);
    await recording('r-one', 'one.wav', mine);
    await recording('r-gone', 'gone.wav', mine);
    await recording('r-escape', '../../../../../../etc/hostname', mine);
    await recording('r-absolute', '/etc/hostname', mine);
  });

  it('are played whole and in ranges', async () => {
    const whole = await wang.ask('GET /recordings/r-one/audio');
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'audio/wav']);
    expect(whole.body).toEqual(SOUND);
    const part = await wang.ask('GET /recordings/r-one/audio', { headers: { range: 'bytes=4-7' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 4-7/${SOUND.length}`]);
    expect(part.body.toString()).toBe('0123');
    const last = await wang.ask('GET /recordings/r-one/audio', { headers: { range: 'bytes=-2' } });
    expect(last.body.toString()).toBe('ij');
    const outside = await wang.ask('GET /recordings/r-one/audio', { headers: { range: 'bytes=900-' } });
    expect([outside.status, outside.headers.get('content-range')]).toEqual([416, `bytes */${SOUND.length}`]);
  });

  it('are heard by the agent who talked and by who may hear all, and each listening is in the audit', async () => {
    expect((await li.ask('GET /recordings/r-one/audio')).status).toBe(403);
    expect((await chen.ask('GET /recordings/r-one/audio')).status).toBe(200);
    const heard = (await listAudit(rig.db)).filter((one) => one.action === 'listened' && one.objectId === 'r-one');
    expect(heard.length).toBeGreaterThanOrEqual(2);
  });

  it.each(['r-gone', 'r-escape', 'r-absolute'])('%s is said to be missing', async (id) => {
    const answer = await chen.ask(`GET /recordings/${id}/audio`);
    expect([answer.status, answer.body.code]).toEqual([404, 'recording.missing']);
  });
});

describe('the end of a shift', () => {
  it('takes the phone away, and ending twice is no fault', async () => {
    expect((await wang.ask('DELETE /shift')).body).toEqual({ ok: true });
    expect((await wang.ask('DELETE /shift')).body).toEqual({ ok: true });
    expect((await deskOf(wang)).onShift).toBe(false);
  });
});
