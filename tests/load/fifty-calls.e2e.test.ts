import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openPostgres } from '../../acd/store/index.ts';
import { silentLogger } from '../../config/logger.ts';
import { type Center, startCenter } from '../e2e/center.ts';
import { ScriptedPhone } from '../phones/index.ts';
import { type PostgresServer, startPostgres } from '../services/postgres.ts';
import { type Account, faultsOf, readAccounts } from './accounts.ts';
import { configure, Desk } from './agents.ts';
import { PASSWORD, type Person, STRAIGHT_NUMBER, seedPeople } from './people.ts';
import { runSipp } from './sipp.ts';

const DESKS = 10;
const SIPP_CALLS = 40;
const PHONE_CALLS = 10;
const DESK_TONE_HZ = 400;

let postgres: PostgresServer;
let db: Database;
let center: Center;
let people: readonly Person[] = [];
let admin = '';
const desks: Desk[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  const url = await postgres.createDatabase();
  center = await startCenter({ DATABASE_URL: url, SEED_DEMO: 'false' }, async (dataDir) => {
    ({ people, admin } = await seedPeople({ url, dataDir }, DESKS));
  });
  db = openPostgres({ url, logger: silentLogger });
  await configure(center.url, admin, people);
  for (const person of people) {
    const desk = { url: center.url, agents: center.agents, person, toneHz: DESK_TONE_HZ };
    desks.push(await Desk.open({ ...desk, password: PASSWORD, answerAfterMs: 200, talkMs: 1_500 }));
  }
});

afterAll(async () => {
  for (const desk of desks) await desk.close();
  await db?.close();
  await center?.close();
  await postgres?.close();
});

/** Calls straight to the queue, hears the desk's tone, and is hung up on when the conversation is over. */
async function callAndHear(number: string): Promise<void> {
  const phone = await ScriptedPhone.start({ user: number, server: center.trunk, toneHz: 1_000 });
  try {
    const call = await phone.call(STRAIGHT_NUMBER);
    await call.untilHears(DESK_TONE_HZ, 60_000);
    await call.ended;
  } finally {
    await phone.close();
  }
}

/** Waits until all contacts are closed, or nothing more is to be hoped for. */
async function settledAccounts(): Promise<readonly Account[]> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const accounts = await readAccounts(db);
    if (accounts.length > 0 && accounts.every((account) => account.closed)) return accounts;
    if (Date.now() > deadline) return accounts;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

it('takes 50 calls at 5 a second with 10 desks: none lost, one outcome each, and times that add up', async () => {
  const phoneCalls: Promise<void>[] = [];
  const sipp = runSipp({
    scenario: join(import.meta.dirname, 'caller.xml'),
    server: center.trunk,
    number: '4000',
    calls: SIPP_CALLS,
    perSecond: 4,
    timeoutS: 80,
  });
  for (let i = 0; i < PHONE_CALLS; i++) {
    phoneCalls.push(callAndHear(`1380000000${i}`));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  const heard = await Promise.allSettled(phoneCalls);
  const pressed = await sipp;
  expect(heard.filter((one) => one.status === 'rejected')).toEqual([]);
  expect(pressed.ok, pressed.detail).toBe(true);

  const accounts = await settledAccounts();
  expect(accounts.flatMap(faultsOf)).toEqual([]);
  expect(accounts).toHaveLength(SIPP_CALLS + PHONE_CALLS);
  expect(new Set(accounts.map((account) => account.number)).size).toBe(SIPP_CALLS + PHONE_CALLS);
  expect(accounts.map((account) => account.outcome)).toEqual(accounts.map(() => 'answered'));
  expect(accounts.filter((account) => account.agents.length !== 1)).toEqual([]);
  // Whoever pressed 1 wants to buy; whoever called the other number was sent straight to service.
  const queues = accounts.flatMap((account) => account.queues);
  expect(queues.filter((queue) => queue === 'sales')).toHaveLength(SIPP_CALLS);
  expect(queues.filter((queue) => queue === 'service')).toHaveLength(PHONE_CALLS);
});
