import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ManualClock } from '../../config/clock.ts';
import { silentLogger } from '../../config/logger.ts';
import { directoryXml } from '../../switch/index.ts';
import { createAgent, createUser, type Database, openDatabase, saveRole } from '../store/index.ts';
import { hashPassword, Phones, SEEDED_ROLES, SESSION_IDLE_MS, Sessions } from './index.ts';

let db: Database;
const folder = mkdtempSync(join(tmpdir(), 'tandem-access-'));
const clock = new ManualClock(Date.now());

beforeAll(async () => {
  db = await openDatabase({ dataDir: folder, logger: silentLogger });
  for (const role of SEEDED_ROLES) await saveRole(db, role);
  const userId = await createUser(db, {
    userName: 'Wang',
    displayName: '王芳',
    passwordHash: await hashPassword('secret-1'),
    roleIds: ['agent'],
  });
  await createAgent(db, { id: 'a1', userId, phoneUser: '1001' });
});

afterAll(async () => {
  await db?.close();
  rmSync(folder, { recursive: true, force: true });
});

it('signs in with any capitals, keeps the session alive by use, and forgets it on sign-out', async () => {
  const sessions = new Sessions(db, clock);
  const outcome = await sessions.signIn('wang', 'secret-1', '127.0.0.1');
  if (outcome.kind !== 'signed-in') throw outcome;
  expect(outcome.identity).toMatchObject({
    displayName: '王芳',
    role: 'agent',
    agent: { agentId: 'a1', phoneUser: '1001' },
  });
  expect([...outcome.identity.permissions]).toContain('contacts.handle');
  expect([...outcome.identity.permissions]).not.toContain('configuration.edit');
  clock.advance(SESSION_IDLE_MS - 60_000);
  expect(await sessions.who(outcome.token)).toBeDefined();
  clock.advance(SESSION_IDLE_MS - 60_000);
  expect(await sessions.who(outcome.token)).toBeDefined();
  await sessions.signOut(outcome.token);
  expect(await sessions.who(outcome.token)).toBeUndefined();
});

it('ends a session that nobody used', async () => {
  const sessions = new Sessions(db, clock);
  const outcome = await sessions.signIn('wang', 'secret-1', '127.0.0.1');
  if (outcome.kind !== 'signed-in') throw outcome;
  clock.advance(SESSION_IDLE_MS + 1);
  expect(await sessions.who(outcome.token)).toBeUndefined();
});

it('stops guessing, for the right password too, until the window is over', async () => {
  const sessions = new Sessions(db, clock);
  for (let i = 0; i < 10; i++) {
    expect((await sessions.signIn('wang', `guess-${i}`, `10.0.0.${i}`)).kind).toBe('wrong-credentials');
  }
  expect((await sessions.signIn('wang', 'secret-1', '10.0.0.99')).kind).toBe('too-many');
  clock.advance(10 * 60_000);
  expect((await sessions.signIn('wang', 'secret-1', '10.0.0.99')).kind).toBe('signed-in');
});

it('vouches for a phone until its time is over, by HA1 and never by password', async () => {
  const phones = new Phones(db, clock, 'tandem.local');
  const phone = await phones.issue('1001', 60_000);
  const found = await phones.lookUp('1001', 'tandem.local');
  expect(found?.ha1).toBe(createHash('md5').update(`1001:tandem.local:${phone.password}`).digest('hex'));
  expect(directoryXml(found!)).not.toContain(phone.password);
  expect(await phones.lookUp('1001', 'elsewhere.example')).toBeUndefined();
  clock.advance(60_000);
  expect(await phones.lookUp('1001', 'tandem.local')).toBeUndefined();
});
