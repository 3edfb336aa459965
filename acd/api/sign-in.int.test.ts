import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SESSION_IDLE_MS } from '../access/index.ts';
import { DEMO_PASSWORD } from '../main/demo-data.ts';
import { createRig, type Rig } from './testing/rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await createRig();
});
afterAll(() => rig?.close());

describe('signing in', () => {
  it('sets a cookie that scripts and other sites do not get', async () => {
    const wang = await rig.signedIn('wang');
    expect(wang.setCookie).toMatch(/^tandem_session=[\w-]{43};/);
    for (const flag of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(wang.setCookie).toContain(flag);
    expect((await wang.ask('GET /session')).body).toMatchObject({ username: 'wang', role: 'agent', agentId: 'wang' });
  });

  it('refuses a wrong password and an unknown name in the same words', async () => {
    const wrong = await rig.visitor().ask('POST /session', { body: { username: 'li', password: 'x' } });
    const unknown = await rig.visitor().ask('POST /session', { body: { username: 'nobody', password: 'x' } });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'access.wrong-credentials']);
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
  });

  it('stops guessing with 429', async () => {
    const visitor = rig.visitor();
    for (let i = 0; i < 10; i++)
      await visitor.ask('POST /session', { body: { username: 'guessed', password: `${i}` } });
    const answer = await visitor.ask('POST /session', { body: { username: 'guessed', password: 'x' } });
    expect([answer.status, answer.body.code]).toEqual([429, 'request.too-many']);
  });

  it('names what is wrong in the body', async () => {
    const answer = await rig.visitor().ask('POST /session', { body: { username: '' } });
    expect(answer.status).toBe(400);
    expect(answer.body.fields.map((field: { path: string }) => field.path)).toEqual(['username', 'password']);
    const broken = await rig.visitor().ask('POST /session', { body: '{"username":' });
    expect([broken.status, broken.body.code]).toEqual([400, 'request.invalid']);
  });

  it('ends an unused session', async () => {
    const li = await rig.signedIn('li');
    rig.clock.jump(SESSION_IDLE_MS + 10_000);
    const answer = await li.ask('GET /session');
    expect([answer.status, answer.body.code]).toEqual([401, 'access.signed-out']);
  });

  it('signs out, twice without complaint', async () => {
    const li = await rig.signedIn('li');
    const { cookie } = li;
    expect((await li.ask('DELETE /session')).body).toEqual({ ok: true });
    li.cookie = cookie;
    expect((await li.ask('GET /session')).status).toBe(401);
    expect((await li.ask('DELETE /session')).status).toBe(200);
  });

  it('refuses pages of other sites, and programs without an origin may', async () => {
    const li = await rig.signedIn('li');
    const foreign = await li.ask('PATCH /session', {
      body: { locale: 'en' },
      headers: { origin: 'https://evil.example' },
    });
    expect([foreign.status, foreign.body.code]).toEqual([403, 'access.forbidden']);
    const own = await li.ask('PATCH /session', { body: { locale: 'en' }, headers: { origin: rig.url } });
    expect(own.status).toBe(200);
    expect((await li.ask('PATCH /session', { body: { locale: 'en' } })).status).toBe(200);
  });
});

describe('the language of sentences', () => {
  it('is what the browser asks for while nobody is signed in, else Chinese', async () => {
    const english = await rig.visitor().ask('GET /desk', { headers: { 'accept-language': 'en-GB,en' } });
    const chinese = await rig.visitor().ask('GET /desk');
    expect(english.body.message).toContain('not signed in');
    expect(chinese.body.message).toContain('尚未登录');
  });

  it('is the session’s once somebody is signed in, for fields too', async () => {
    const wang = await rig.signedIn('wang');
    await wang.ask('PATCH /session', { body: { locale: 'zh-CN' } });
    const refused = await wang.ask('PUT /status', { body: { status: 5 }, headers: { 'accept-language': 'en' } });
    expect(refused.body.message).toContain('字段无效');
    expect(refused.body.fields[0].path).toBe('status');
    expect(refused.body.fields[0].message).toMatch(/[\u4e00-\u9fff]/);
    await wang.ask('PATCH /session', { body: { locale: 'en' } });
    expect((await wang.ask('PUT /status', { body: { status: 5 } })).body.message).toContain('fields are not valid');
  });
});

describe('limits', () => {
  it('refuses a body that is too large', async () => {
    const body = { username: 'x', password: 'x'.repeat(1_100_000) };
    const answer = await rig.visitor().ask('POST /session', { body });
    expect([answer.status, answer.body.code]).toEqual([413, 'request.too-large']);
  });

  it('tells who asks too often to wait', async () => {
    const visitor = await rig.signedIn('wang');
    let last = await visitor.ask('PUT /session/password', { body: { current: 'x', next: 'long-enough-1' } });
    for (let i = 0; i < 12 && last.status !== 429; i++) {
      last = await visitor.ask('PUT /session/password', { body: { current: 'x', next: 'long-enough-1' } });
    }
    expect([last.status, last.body.code]).toEqual([429, 'request.too-many']);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('does not look up made-up sessions for ever', async () => {
    const visitor = rig.visitor();
    visitor.cookie = `tandem_session=${'a'.repeat(43)}`;
    const answers = [];
    for (let i = 0; i < 605; i++) answers.push((await visitor.ask('GET /session')).status);
    expect(answers.at(-1)).toBe(429);
    rig.clock.jump(61_000);
    expect((await visitor.ask('GET /session')).status).toBe(401);
  });
});

describe('before anybody signed in', () => {
  it('says what a page may know', async () => {
    const { body } = await rig.visitor().ask('GET /welcome');
    expect(body).toMatchObject({ product: 'Tandem', entryNumber: '4000', demo: true });
    expect(body.demoUsers[0].password).toBe(DEMO_PASSWORD);
  });

  it('gives a caller page a phone of its own', async () => {
    const { status, body } = await rig.visitor().ask('POST /caller-sessions', { body: {} });
    expect(status).toBe(200);
    expect(body.phone.user).toMatch(/^guest-/);
    expect(body.number).toBe('4000');
  });

  it('answers an unknown address with a problem', async () => {
    const answer = await rig.visitor().ask('GET /nothing');
    expect([answer.status, answer.body.code]).toEqual([404, 'thing.not-found']);
  });
});
