import { expect, it } from 'vitest';
import { CodedError, isCoded } from '../../config/errors.ts';
import { silentLogger } from '../../config/logger.ts';
import { describeOnBothDatabases } from '../../tests/services/databases.ts';
import type { Effect, EngineEvent } from '../engine/index.ts';
import { type Database, readJournal, takeLease } from '../store/index.ts';
import { openRoutingDomain, type RoutingDomainOptions } from './index.ts';
import { stateOf, toyEngines } from './testing/toy-engine.ts';

let domains = 0;
const newDomain = () => `test${++domains}`;
const enqueue = (contactId: string): EngineEvent => ({
  type: 'contact-enqueued',
  contactId,
  queueId: 'q',
  channel: 'voice',
});

function open(database: Database, domain: string, more: Partial<RoutingDomainOptions> = {}) {
  return openRoutingDomain({
    domain,
    nodeName: 'node',
    database,
    engines: toyEngines(),
    consumers: [],
    logger: silentLogger,
    leaseMs: 2_000,
    ...more,
  });
}

describeOnBothDatabases('a routing domain', (db) => {
  it('journals, applies, answers and carries out, in the order of submission', async () => {
    const name = newDomain();
    const carriedOut: string[] = [];
    const domain = await open(db(), name, {
      consumers: [{ name: 'x', handlers: { 'contact-joined': (effect) => void carriedOut.push(effect.contactId) } }],
    });
    const ids = Array.from({ length: 300 }, (_, n) => `c${n}`);
    const answers = await Promise.all(ids.map((id) => domain.submit(enqueue(id))));
    await domain.idle();
    expect(answers.map((effects) => effects[0]?.id)).toEqual(ids.map((_, n) => `${n + 1}.0`));
    expect(domain.read((engine) => engine.contactIds())).toEqual(ids);
    expect(carriedOut).toEqual(ids);
    expect((await readJournal(db(), name, 0, 1_000)).map((entry) => JSON.parse(entry.event).contactId)).toEqual(ids);
    await domain.close();
  });

  it('is the same after a clean stop, with nothing to replay and nothing pending', async () => {
    const name = newDomain();
    const consumers = [{ name: 'x', handlers: { 'contact-joined': () => {} } }];
    const first = await open(db(), name, { consumers });
    for (const id of ['a', 'b', 'c']) await first.submit(enqueue(id));
    await first.submit({ type: 'contact-abandoned', contactId: 'b' });
    const before = first.read(stateOf);
    await first.close();
    const found: unknown[] = [];
    const second = await open(db(), name, {
      consumers,
      reconcile: ({ pending, replayed }) => {
        found.push(pending.length, replayed);
        return {};
      },
    });
    expect(second.read(stateOf)).toEqual(before);
    expect(found).toEqual([0, 0]);
    expect(second.epoch).toBeGreaterThan(first.epoch);
    expect((await second.submit(enqueue('d')))[0]?.id).toBe('5.0');
    await second.close();
  });

  it('gives effects that were not carried out to the next owner, who runs or withdraws each once', async () => {
    const name = newDomain();
    const hung = { name: 'x', handlers: { 'contact-joined': () => new Promise<void>(() => {}) } };
    const first = await open(db(), name, { consumers: [hung], snapshots: { everyEvents: 2 } });
    for (const id of ['a', 'b', 'c']) await first.submit(enqueue(id));
    await first.close();

    const ran: [string, boolean][] = [];
    const consumers = [
      {
        name: 'x',
        handlers: {
          'contact-joined': (effect: Effect & { contactId: string }, context: { recovered: boolean }) =>
            void ran.push([effect.contactId, context.recovered]),
        },
      },
    ];
    const second = await open(db(), name, {
      consumers,
      reconcile: ({ pending }) => ({
        events: [{ type: 'contact-abandoned', contactId: 'a' }],
        decide: (effect) => (effect === pending[0]?.effect ? 'withdraw' : undefined),
      }),
    });
    await second.idle();
    expect(ran).toEqual([
      ['b', true],
      ['c', true],
    ]);
    expect(second.read((engine) => engine.contactIds())).toEqual(['b', 'c']);
    await second.close();
    const third = await open(db(), name, { consumers });
    await third.idle();
    expect(ran).toHaveLength(2);
    await third.close();
  });

  it('carries nothing out before its consumers have the domain, and then in order', async () => {
    const name = newDomain();
    const hung = { name: 'x', handlers: { 'contact-joined': () => new Promise<void>(() => {}) } };
    const first = await open(db(), name, { consumers: [hung] });
    await first.submit(enqueue('a'));
    await first.close();
    const log: string[] = [];
    const second = await open(db(), name, {
      consumers: [
        {
          name: 'x',
          handlers: {
            'contact-joined': (effect) => void log.push(`joined ${effect.contactId}`),
            'contact-ended': (effect) => void log.push(`ended ${effect.contactId}`),
          },
        },
      ],
      async begin(domain) {
        await domain.submit({ type: 'contact-abandoned', contactId: 'a' });
        await domain.submit(enqueue('b'));
        log.push('begun');
      },
    });
    await second.idle();
    expect(log[0]).toBe('begun');
    expect(log.filter((line) => line.endsWith('a'))).toEqual(['joined a', 'ended a']);
    expect(log).toContain('joined b');
    await second.close();
    await expect(
      open(db(), name, {
        begin: () => {
          throw new CodedError('switch.link-lost');
        },
      }),
    ).rejects.toMatchObject({ code: 'switch.link-lost' });
    await (await open(db(), name)).close();
  });

  it('ticks when a deadline is due', async () => {
    const domain = await open(db(), newDomain(), { engines: toyEngines(30) });
    await domain.submit(enqueue('a'));
    while (domain.read((engine) => engine.contactIds()).length > 0)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(domain.read(stateOf).ended).toEqual(['a']);
    await domain.close();
  });

  it('stops when another server has taken it over, and refuses what waits', async () => {
    const name = newDomain();
    const faults: string[] = [];
    const carriedOut: string[] = [];
    const domain = await open(db(), name, {
      leaseMs: 60_000,
      consumers: [{ name: 'x', handlers: { 'contact-joined': (effect) => void carriedOut.push(effect.contactId) } }],
      onStopped: (fault) => faults.push(fault.code),
    });
    await domain.submit(enqueue('mine'));
    await takeLease(db(), { name: `routing ${name}`, owner: 'thief', leaseMs: 60_000, seize: true });
    const answers = await Promise.allSettled(['a', 'b'].map((id) => domain.submit(enqueue(id))));
    expect(
      answers.map((answer) => answer.status === 'rejected' && isCoded(answer.reason) && answer.reason.code),
    ).toEqual(['journal.stale-owner', 'journal.stale-owner']);
    expect(domain.read((engine) => engine.contactIds())).toEqual(['mine']);
    expect(carriedOut).toEqual(['mine']);
    expect(faults).toEqual(['journal.stale-owner']);
    expect(await readJournal(db(), name, 0, 9)).toHaveLength(1);
    await domain.close();
  });

  it('hands new work back when the database is away, keeps what happened to calls, and catches up', async () => {
    const name = newDomain();
    const flaky = failing(db());
    const availability: boolean[] = [];
    const domain = await open(flaky.database, name, { onAvailability: (available) => availability.push(available) });
    await domain.submit(enqueue('a'));
    flaky.mode = 'before';
    const refused = domain.submit(enqueue('b'));
    const kept = domain.submit({ type: 'contact-abandoned', contactId: 'a' });
    await expect(refused).rejects.toMatchObject({ code: 'store.unavailable' });
    expect(domain.isAvailable).toBe(false);
    await expect(domain.submit(enqueue('c'))).rejects.toMatchObject({ code: 'store.unavailable' });
    expect(domain.read((engine) => engine.contactIds())).toEqual(['a']);
    flaky.mode = 'works';
    expect((await kept).map((effect) => effect.type)).toEqual(['contact-left', 'contact-ended']);
    await domain.submit(enqueue('d'));
    expect(availability).toEqual([false, true]);
    expect(domain.read(stateOf)).toMatchObject({ ended: ['a'], waiting: [['d', expect.any(Number)]], doubled: [] });
    await domain.close();
    expect((await readJournal(db(), name, 0, 9)).map((entry) => entry.seq)).toEqual([1, 2, 3]);
  });

  it('undoes a contact whose sender was told "unavailable" although it had been written', async () => {
    const name = newDomain();
    const flaky = failing(db());
    const domain = await open(flaky.database, name);
    await domain.submit(enqueue('a'));
    flaky.mode = 'after';
    const answers = Promise.allSettled([
      domain.submit({ type: 'contact-abandoned', contactId: 'a' }),
      domain.submit(enqueue('b')),
      domain.submit({ type: 'contact-abandoned', contactId: 'a' }),
    ]);
    await expect(Promise.race([answers, domain.submit(enqueue('b2'))])).rejects.toMatchObject({
      code: 'store.unavailable',
    });
    flaky.mode = 'works';
    expect((await answers).map((answer) => answer.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await domain.submit(enqueue('c'));
    expect(domain.read(stateOf)).toMatchObject({
      ended: ['a', 'b', 'b2'],
      waiting: [['c', expect.any(Number)]],
      doubled: [],
    });
    const state = domain.read(stateOf);
    await domain.close();
    const again = await open(db(), name);
    expect(again.read(stateOf)).toEqual(state);
    await again.close();
  });

  it('gives back the one event that cannot be written, and takes those beside it', async () => {
    const domain = await open(failing(db(), 'poison').database, newDomain());
    const answers = await Promise.allSettled(['a', 'poison', 'b'].map((id) => domain.submit(enqueue(id))));
    expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(domain.read((engine) => engine.contactIds())).toEqual(['a', 'b']);
    await domain.close();
  });

  it('refuses what comes after close', async () => {
    const domain = await open(db(), newDomain());
    await Promise.all([domain.close(), domain.close()]);
    await expect(domain.submit(enqueue('a'))).rejects.toMatchObject({ code: 'store.unavailable' });
  });
});

/** A database that fails appends when told: before it has written, or after (the answer is lost); or refuses those that contain a word. */
function failing(database: Database, refusedWord?: string) {
  const control = {
    mode: 'works' as 'works' | 'before' | 'after',
    database: {
      ...database,
      async query(sql: string, parameters?: readonly unknown[], options?: object) {
        if (sql.includes('insert into engine_journal')) {
          const texts = parameters?.[5] as readonly string[];
          if (refusedWord && texts.some((text) => text.includes(refusedWord))) throw new CodedError('store.statement');
          if (control.mode === 'before') throw new CodedError('store.unavailable');
          const result = await database.query(sql, parameters as never, options);
          if (control.mode === 'after') throw new CodedError('store.unavailable');
          return result;
        }
        if (control.mode !== 'works') throw new CodedError('store.unavailable');
        return database.query(sql, parameters as never, options);
      },
    } as Database,
  };
  return control;
}
