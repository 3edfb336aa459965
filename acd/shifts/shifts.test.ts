import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../config/clock.ts';
import { silentLogger } from '../../config/logger.ts';
import { createEngine, type Engine, type EngineEvent } from '../engine/index.ts';
import { createPhoneWatch, createShifts, PHONE_AWAY_REASON, type PhoneWatch, type Shifts } from './index.ts';

const MINUTE_MS = 60_000;
let clock: ManualClock;
let engine: Engine;
let shifts: Shifts;
let watch: PhoneWatch;

beforeEach(() => {
  clock = new ManualClock(1_000_000);
  const made = createEngine(
    {
      version: 1,
      queues: [{ id: 'q' }],
      agents: [{ id: 'wang', queues: [{ queueId: 'q' }] }],
      breakReasons: ['meal', PHONE_AWAY_REASON],
    },
    { seed: 1 },
  );
  if (!made.ok) throw made;
  engine = made.engine;
  const routing = {
    submit: async (event: EngineEvent) => engine.apply(event, clock.now()),
    agent: (agentId: string) => engine.agent(agentId, clock.now()),
  };
  shifts = createShifts(routing);
  watch = createPhoneWatch({ clock, log: silentLogger, routing, shifts });
});

const settle = async () => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

describe('a shift', () => {
  it('begins on break, and once however often it is asked for', async () => {
    expect(await shifts.begin('wang')).toEqual({ kind: 'done' });
    expect(await shifts.begin('wang')).toEqual({ kind: 'done' });
    expect(engine.agent('wang', clock.now())?.status).toBe('break');
  });

  it('refuses a reason that does not exist and changes nothing', async () => {
    await shifts.begin('wang');
    await shifts.setStatus('wang', 'available');
    expect(await shifts.setStatus('wang', 'break', 'nonsense')).toEqual({ kind: 'conflict', why: 'unknown-reason' });
    expect(engine.agent('wang', clock.now())?.status).toBe('available');
  });

  it('ends twice without complaint', async () => {
    await shifts.begin('wang');
    expect(await shifts.end('wang')).toEqual({ kind: 'done' });
    expect(await shifts.end('wang')).toEqual({ kind: 'done' });
    expect(engine.agent('wang', clock.now())?.status).toBe('offline');
  });
});

describe('a phone that stays away', () => {
  it('puts an available agent on break, and ends the shift of one who never comes back', async () => {
    await shifts.begin('wang');
    watch.onRegistered('wang');
    await shifts.setStatus('wang', 'available');
    watch.onUnregistered('wang');
    clock.advance(20_000);
    await settle();
    expect(engine.agent('wang', clock.now())).toMatchObject({ status: 'break', reason: PHONE_AWAY_REASON });
    clock.advance(15 * MINUTE_MS);
    await settle();
    expect(engine.agent('wang', clock.now())?.status).toBe('offline');
  });

  it('does nothing when it is back in time (a reload)', async () => {
    await shifts.begin('wang');
    watch.onRegistered('wang');
    await shifts.setStatus('wang', 'available');
    watch.onUnregistered('wang');
    clock.advance(5_000);
    watch.onRegistered('wang');
    clock.advance(60 * MINUTE_MS);
    await settle();
    expect(engine.agent('wang', clock.now())?.status).toBe('available');
  });
});

it('a company without the reason for vanished phones still gets the break', async () => {
  engine.apply(
    { type: 'configuration-changed', configuration: { version: 2, queues: [{ id: 'q' }], breakReasons: [] } },
    clock.now(),
  );
  await shifts.begin('wang');
  watch.onRegistered('wang');
  await shifts.setStatus('wang', 'available');
  watch.onUnregistered('wang');
  clock.advance(20_000);
  await settle();
  expect(engine.agent('wang', clock.now())).toMatchObject({ status: 'break' });
});
