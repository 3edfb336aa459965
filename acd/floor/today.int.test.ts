import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ManualClock } from '../../config/clock.ts';
import { silentLogger } from '../../config/logger.ts';
import type { EffectOf } from '../engine/index.ts';
import { createContact, type Database, migrate, openPglite } from '../store/index.ts';
import { createToday, type Today } from './index.ts';

/** Noon in China. */
const NOON_MS = Date.UTC(2026, 10, 23, 4);
let db: Database;
let clock: ManualClock;

beforeAll(async () => {
  db = await openPglite({});
  await migrate(db);
});
afterAll(() => db?.close());
beforeEach(async () => {
  clock = new ManualClock(NOON_MS);
  await db.query('delete from contacts', []);
  await createContact(db, {
    id: 'c-1',
    channel: 'voice',
    direction: 'inbound',
    remoteAddress: '1',
    localAddress: '4000',
    flowId: 'main',
    startedAtMs: NOON_MS,
    first: { kind: 'flow', flowId: 'main' },
  });
});

const openDay = async () => {
  const today = createToday({ db, clock, log: silentLogger, utcOffsetMinutes: 480 });
  await today.load();
  return today;
};
const left = (id: string, outcome: string, waitedMs: number) =>
  ({
    type: 'contact-left',
    id,
    atMs: clock.now(),
    contactId: 'c-1',
    queueId: 'sales',
    outcome,
    waitedMs,
  }) as unknown as EffectOf<'contact-left'>;
const tell = (today: Today, effect: EffectOf<'contact-left'>, recovered = false) =>
  today.consumer.handlers['contact-left']?.(effect, { attempt: 1, recovered });

it('counts by the definitions and begins again with the same numbers', async () => {
  const today = await openDay();
  const told = [
    left('e1', 'answered', 20_000),
    left('e2', 'answered', 20_001),
    left('e3', 'short-abandoned', 5_000),
    left('e4', 'abandoned', 21_000),
    left('e5', 'overflowed', 1_000),
  ];
  const written = Promise.all(told.map((effect) => tell(today, effect)));
  const expected = { answered: 2, answeredWithin: 1, abandoned: 2, abandonedWithin: 1, shortAbandoned: 1 };
  expect(today.queue('sales')).toEqual(expected);
  expect(today.serviceLevel('sales')).toBeCloseTo(1 / 3);
  await today.close();
  await written;
  const again = await openDay();
  expect(again.queue('sales')).toEqual(expected);
  await again.close();
});

it('neither loses nor doubles what was decided before a restart', async () => {
  const first = await openDay();
  const written = tell(first, left('kept', 'answered', 1_000));
  await first.close();
  await written;
  const second = await openDay();
  await tell(second, left('kept', 'answered', 1_000), true);
  const late = tell(second, left('never-written', 'answered', 1_000), true);
  while (second.queue('sales').answered < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  await second.close();
  await late;
  expect(second.queue('sales').answered).toBe(2);
  const third = await openDay();
  expect(third.queue('sales').answered).toBe(2);
  await third.close();
});

it('begins anew at midnight, and counts what is late for the day it belongs to', async () => {
  const today = await openDay();
  const before = left('before', 'answered', 1_000);
  clock.advance(12 * 3_600_000);
  const written = Promise.all([tell(today, before), tell(today, left('after', 'abandoned', 30_000))]);
  expect(today.queue('sales')).toMatchObject({ answered: 0, abandoned: 1 });
  await today.close();
  await written;
  const again = await openDay();
  expect(again.queue('sales')).toMatchObject({ answered: 0, abandoned: 1 });
  await again.close();
});
