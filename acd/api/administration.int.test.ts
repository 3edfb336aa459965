import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAudit } from '../store/index.ts';
import { createRig, DIRECTORY_SECRET, type Rig, until } from './testing/rig.ts';
import type { Visitor } from './testing/visitor.ts';

let rig: Rig;
let admin: Visitor;
beforeAll(async () => {
  rig = await createRig();
  admin = await rig.signedIn('admin');
});
afterAll(() => rig?.close());

const auditOf = async (objectKind: string, action: string) =>
  (await listAudit(rig.db)).filter((entry) => entry.objectKind === objectKind && entry.action === action);

describe('people', () => {
  const zhao = {
    username: 'zhao',
    displayName: '赵磊',
    password: 'long-enough-1',
    role: 'agent',
    agent: { agentId: 'zhao', phoneUser: '1010' },
  };
  let userId = '';

  it('are added with an agent, who can work once the configuration names them', async () => {
    const made = await admin.ask('POST /users', { body: zhao });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ username: 'zhao', role: 'agent', disabled: false, agent: { agentId: 'zhao' } });
    ({ userId } = made.body);
    expect(JSON.stringify(made.body)).not.toContain('long-enough');
    const current = (await admin.ask('GET /configuration')).body;
    const configuration = { ...current.configuration };
    configuration.agents = [...configuration.agents, { id: 'zhao', queues: [{ queueId: 'sales' }] }];
    const change = { baseVersion: current.version, note: 'zhao joins', configuration };
    expect((await admin.ask('PUT /configuration', { body: change })).body).toEqual({ version: current.version + 1 });
    const person = await rig.signedIn('zhao', zhao.password);
    expect((await person.ask('POST /shift')).body.user).toBe('1010');
    expect((await person.ask('GET /desk')).body).toMatchObject({ agentId: 'zhao', onShift: true });
    await person.ask('DELETE /shift');
  });

  it('are refused whole when a name or a phone is taken', async () => {
    for (const taken of [
      { ...zhao, username: 'ZHAO', agent: undefined },
      { ...zhao, username: 'other', agent: { agentId: 'other', phoneUser: '1001' } },
      { ...zhao, username: 'other', agent: { agentId: 'wang', phoneUser: '1011' } },
    ]) {
      const answer = await admin.ask('POST /users', { body: taken });
      expect([answer.status, answer.body.code]).toEqual([409, 'store.conflict']);
    }
    const { items } = (await admin.ask('GET /users')).body;
    expect(items.map((user: { username: string }) => user.username)).not.toContain('other');
  });

  it('lose their sessions with their rights, and come back with them', async () => {
    const person = await rig.signedIn('zhao', zhao.password);
    expect((await admin.ask(`PATCH /users/${userId}`, { body: { displayName: '赵大磊' } })).body.displayName).toBe(
      '赵大磊',
    );
    expect((await person.ask('GET /session')).status).toBe(200);
    expect((await admin.ask(`PATCH /users/${userId}`, { body: { disabled: true } })).body.disabled).toBe(true);
    expect((await person.ask('GET /session')).status).toBe(401);
    const refused = await rig.visitor().ask('POST /session', { body: { username: 'zhao', password: zhao.password } });
    expect(refused.status).toBe(401);
    await admin.ask(`PATCH /users/${userId}`, { body: { disabled: false, role: 'supervisor' } });
    const supervisor = await rig.signedIn('zhao', zhao.password);
    expect((await supervisor.ask('GET /floor')).status).toBe(200);
    const fixed = await admin.ask(`PATCH /users/${userId}`, {
      body: { agent: { agentId: 'renamed', phoneUser: '1010' } },
    });
    expect([fixed.status, fixed.body.reason]).toEqual([409, 'agent-id-is-fixed']);
  });

  it('change their own password with the old one; other sessions end', async () => {
    const here = await rig.signedIn('zhao', zhao.password);
    const elsewhere = await rig.signedIn('zhao', zhao.password);
    const wrong = await here.ask('PUT /session/password', { body: { current: 'no', next: 'long-enough-2' } });
    expect([wrong.status, wrong.body.fields[0].path]).toEqual([400, 'current']);
    const done = await here.ask('PUT /session/password', { body: { current: zhao.password, next: 'long-enough-2' } });
    expect(done.body).toEqual({ ok: true });
    expect((await here.ask('GET /session')).status).toBe(200);
    expect((await elsewhere.ask('GET /session')).status).toBe(401);
    await rig.signedIn('zhao', 'long-enough-2');
  });

  it('keep at least one administrator', async () => {
    const { items } = (await admin.ask('GET /users')).body;
    const own = items.find((user: { role: string }) => user.role === 'administrator');
    for (const body of [{ disabled: true }, { role: 'agent' }]) {
      const answer = await admin.ask(`PATCH /users/${own.userId}`, { body });
      expect([answer.status, answer.body.reason]).toEqual([409, 'last-administrator']);
    }
    expect((await admin.ask('GET /session')).body.role).toBe('administrator');
  });

  it('leave their marks in the audit, without passwords', async () => {
    for (const action of ['created', 'edited', 'changed-password']) {
      expect((await auditOf('user', action)).length, action).toBeGreaterThan(0);
    }
    expect(JSON.stringify(await listAudit(rig.db))).not.toContain('long-enough');
  });
});

describe('tokens of other systems', () => {
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}`, 'accept-language': 'en' } });
  const make = (name: string, permissions: string[]) => admin.ask('POST /api-tokens', { body: { name, permissions } });

  it('open what they allow, are listed without secret, and end when revoked', async () => {
    const made = await make('crm', ['contacts.view-all', 'floor.watch']);
    expect(made.status).toBe(201);
    const { token, tokenId } = made.body;
    const system = rig.visitor();
    expect((await system.ask('GET /floor', bearer(token))).status).toBe(200);
    const forbidden = await system.ask('GET /users', bearer(token));
    expect([forbidden.status, forbidden.body.message]).toEqual([403, expect.stringContaining('You may not')]);
    const asPerson = await system.ask('PATCH /session', { ...bearer(token), body: { locale: 'en' } });
    expect(asPerson.status).toBe(403);
    expect((await system.ask('POST /shift', bearer(token))).status).toBe(403);
    const list = (await admin.ask('GET /api-tokens')).body;
    expect(list.items[0]).toMatchObject({ tokenId, name: 'crm', lastUsedAtMs: expect.any(Number) });
    expect(JSON.stringify(list)).not.toContain(token);
    const { rows } = await rig.db.query<{ token_hash: string }>('select * from api_tokens');
    expect(rows[0]?.token_hash).toBe(createHash('sha256').update(token).digest('base64url'));
    expect((await admin.ask(`DELETE /api-tokens/${tokenId}`)).body).toEqual({ ok: true });
    expect((await system.ask('GET /floor', bearer(token))).status).toBe(401);
    expect((await auditOf('api-token', 'revoked')).length).toBe(1);
  });

  it('have a name of their own, and made-up ones are refused', async () => {
    expect((await make('reports', ['metrics.read'])).status).toBe(201);
    expect((await make('Reports', ['metrics.read'])).status).toBe(409);
    const made = await rig.visitor().ask('GET /welcome', bearer(`tandem_${'a'.repeat(43)}`));
    expect(made.status).toBe(401);
  });

  it('see masked numbers unless they may see whole ones', async () => {
    const { legId } = await rig.callerInSales('13955556666');
    const masked = (await make('board', ['floor.watch'])).body.token;
    const whole = (await make('board-whole', ['floor.watch', 'numbers.see'])).body.token;
    expect(JSON.stringify((await rig.visitor().ask('GET /floor', bearer(masked))).body)).not.toContain('5555');
    expect(JSON.stringify((await rig.visitor().ask('GET /floor', bearer(whole))).body)).toContain('13955556666');
    rig.control.phoneEnds(legId);
  });
});

describe('the routing configuration', () => {
  it('is checked, changed from the active version only, and restored', async () => {
    const { version, configuration } = (await admin.ask('GET /configuration')).body;
    const broken = { ...configuration, queues: [{ id: 'sales', offerTimeoutMs: { voice: -1 } }] };
    const check = (
      await admin.ask('POST /configuration/check', { body: { baseVersion: version, note: '', configuration: broken } })
    ).body;
    expect(check.valid).toBe(false);
    const refused = await admin.ask('PUT /configuration', {
      body: { baseVersion: version, note: '', configuration: broken },
    });
    expect([refused.status, refused.body.fields.length > 0]).toEqual([400, true]);
    expect((await admin.ask('GET /configuration')).body.version).toBe(version);

    const next = { ...configuration, queues: [...configuration.queues, { id: 'vip' }] };
    const body = { baseVersion: version, note: 'vip', configuration: next };
    const answers = await Promise.all([
      admin.ask('PUT /configuration', { body }),
      admin.ask('PUT /configuration', { body }),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const stale = await admin.ask('PUT /configuration', { body });
    expect([stale.status, stale.body.code]).toEqual([409, 'state.conflict']);
    expect(stale.body.reason).toMatch(/^active-version-\d+$/);

    const versions = (await admin.ask('GET /configuration/versions')).body;
    expect(versions.filter((one: { active: boolean }) => one.active)).toHaveLength(1);
    expect((await admin.ask(`GET /configuration/versions/${version}`)).body.configuration.queues).toHaveLength(2);
    const restored = (await admin.ask(`POST /configuration/versions/${version}/restore`)).body;
    expect(restored.version).toBeGreaterThan(version + 1);
    expect((await admin.ask('GET /configuration')).body.configuration.queues).toHaveLength(2);
  });
});

describe('the floor', () => {
  it('explains, moves, reprioritises and gives a contact, and frees agents; all of it is in the audit', async () => {
    const chen = await rig.onShift('chen');
    const wang = await rig.signedIn('wang');
    await wang.ask('POST /shift');
    const { contactId, legId } = await rig.callerInSales('13977778888');
    const why = (await chen.ask(`GET /contacts/${contactId}/explanation`)).body;
    expect(why.agents).toContainEqual(
      expect.objectContaining({ agentId: 'wang', reason: 'on-break', code: 'on-break' }),
    );
    expect((await chen.ask('GET /agents/wang/explanation')).body).toMatchObject({
      reasons: expect.arrayContaining(['on-break']),
      couldTake: [],
    });
    expect((await chen.ask(`POST /contacts/${contactId}/priority`, { body: { priority: 7 } })).body).toEqual({
      ok: true,
    });
    expect((await chen.ask(`POST /contacts/${contactId}/move`, { body: { queueId: 'service' } })).body).toEqual({
      ok: true,
    });
    const floor = (await chen.ask('GET /floor')).body;
    expect(floor.contacts.find((one: { contactId: string }) => one.contactId === contactId)).toMatchObject({
      queueId: 'service',
      priority: 7,
    });
    const nobody = await chen.ask(`POST /contacts/${contactId}/assign`, { body: { agentId: 'nobody' } });
    expect([404, 409]).toContain(nobody.status);
    expect((await chen.ask('PUT /agents/wang/status', { body: { status: 'break' } })).body).toEqual({ ok: true });
    expect((await chen.ask('PUT /agents/wang/drain', { body: { drain: true } })).body).toEqual({ ok: true });
    expect((await wang.ask('GET /desk')).body.onShift).toBe(false);
    const actions = (await listAudit(rig.db)).map((entry) => entry.action);
    expect(actions).toEqual(expect.arrayContaining(['reprioritised', 'moved', 'drained', 'forced-status']));
    rig.control.phoneEnds(legId);
    await until('the end', async () =>
      (await chen.ask('GET /floor')).body.contacts.every((one: { contactId: string }) => one.contactId !== contactId),
    );
  });
});

describe('the switch asks who a phone is', () => {
  const form = (fields: Record<string, string>, secret = DIRECTORY_SECRET) => ({
    body: new URLSearchParams(fields).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`switch:${secret}`).toString('base64')}`,
    },
  });
  const ask = async (fields: Record<string, string>, secret?: string) => {
    const answer = await rig.visitor().ask('POST /!/switch/directory', form(fields, secret));
    return { status: answer.status, text: answer.body.toString() };
  };

  it('gets HA1 and never the password, for phones with a shift', async () => {
    const li = await rig.signedIn('li');
    const phone = (await li.ask('POST /shift')).body;
    const known = await ask({ section: 'directory', user: phone.user, domain: phone.domain });
    expect(known.text).toContain(
      createHash('md5').update(`${phone.user}:${phone.domain}:${phone.password}`).digest('hex'),
    );
    expect(known.text).not.toContain(phone.password);
    await li.ask('DELETE /shift');
    expect((await ask({ section: 'directory', user: phone.user, domain: phone.domain })).text).toContain('not found');
  });

  it('gets "not found" for the unknown and for other sections, and nothing without the secret', async () => {
    for (const fields of [
      { section: 'directory', user: 'nobody', domain: 'tandem.local' },
      { section: 'directory', user: '1001', domain: 'elsewhere.example' },
      { section: 'dialplan', user: '1001', domain: 'tandem.local' },
      { section: 'directory' },
    ]) {
      expect(await ask(fields as Record<string, string>)).toMatchObject({
        status: 200,
        text: expect.stringContaining('not found'),
      });
    }
    expect(await ask({ section: 'directory', user: '1001', domain: 'tandem.local' }, 'wrong')).toEqual({
      status: 401,
      text: '',
    });
  });
});

describe('operations', () => {
  it('see that parts are there, and that one is away', async () => {
    expect((await rig.visitor().ask('GET /!/health/live')).status).toBe(200);
    expect((await rig.visitor().ask('GET /!/health/ready')).body).toEqual({
      ok: true,
      store: true,
      switch: true,
      routing: true,
    });
    rig.control.dropLink();
    const away = await rig.visitor().ask('GET /!/health/ready');
    expect([away.status, away.body.switch]).toEqual([503, false]);
    rig.control.restoreLink();
  });

  it('read metrics on this machine, or with permission from elsewhere', async () => {
    const local = await rig.visitor().ask('GET /!/metrics');
    const text = local.body.toString();
    for (const name of [
      'tandem_http_request_seconds_bucket',
      'tandem_calls_up',
      'tandem_queue_waiting{queue="sales"}',
      'tandem_journal_queued',
      'nodejs_eventloop_lag_p99_seconds',
    ]) {
      expect(text).toContain(name);
    }
    expect(text).toContain('route="/api/v1/users/:userId"');
    const proxied = { 'x-forwarded-for': '192.0.2.1' };
    expect((await rig.visitor().ask('GET /!/metrics', { headers: proxied })).status).toBe(401);
    const li = await rig.signedIn('li');
    expect((await li.ask('GET /!/metrics', { headers: proxied })).status).toBe(403);
    expect((await admin.ask('GET /!/metrics', { headers: proxied })).status).toBe(200);
  });
});
