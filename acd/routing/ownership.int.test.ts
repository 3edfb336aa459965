import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../config/logger.ts';
import { type PostgresServer, startPostgres } from '../../tests/services/postgres.ts';
import { type Database, openDatabase, readJournal, takeLease } from '../store/index.ts';
import { openRoutingDomain, type RoutingDomain, type RoutingDomainOptions } from './index.ts';
import { stateOf, toyEngines } from './testing/toy-engine.ts';

const program = fileURLToPath(new URL('./testing/owner-process.ts', import.meta.url));

/** A process that owns the domain and submits without end; `lines` is what it said. */
class Owner {
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  #waiting: (() => void)[] = [];

  constructor(target: string, leaseMs = 2_000) {
    this.#child = spawn(process.execPath, ['--import', 'tsx', program, target, String(leaseMs)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: this.#child.stdout! }).on('line', (line) => {
      this.lines.push(line);
      for (const resolve of this.#waiting.splice(0)) resolve();
    });
  }

  get acknowledged(): readonly string[] {
    return this.lines.filter((line) => line.startsWith('ack ')).map((line) => line.slice(4));
  }

  async until(isReached: () => boolean): Promise<void> {
    while (!isReached()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'close');
    this.#child.kill('SIGKILL');
    await ended;
  }
}

const owners: Owner[] = [];
function startOwner(target: string, leaseMs?: number): Owner {
  const owner = new Owner(target, leaseMs);
  owners.push(owner);
  return owner;
}

afterEach(async () => {
  await Promise.all(owners.splice(0).map((owner) => owner.kill()));
});

function open(database: Database, more: Partial<RoutingDomainOptions> = {}): Promise<RoutingDomain> {
  return openRoutingDomain({
    domain: 'main',
    nodeName: 'parent',
    database,
    engines: toyEngines(),
    consumers: [],
    logger: silentLogger,
    leaseMs: 2_000,
    ...more,
  });
}

/**
 * Every acknowledged contact is there once, the journal has no gap, and every effect was carried out or is offered to the next owner:
 * as a fresh one at most once, and otherwise marked as one that was perhaps carried out already.
 */
async function expectNothingLost(database: Database, acknowledged: readonly string[]): Promise<void> {
  const carriedOut = await database.query<{ id: string; recovered: boolean }>(
    'select effect_id as id, recovered from carried_out',
  );
  const fresh = carriedOut.rows.filter((row) => !row.recovered).map((row) => row.id);
  const ran = new Set(carriedOut.rows.map((row) => row.id));
  const again: string[] = [];
  const domain = await open(database, {
    consumers: [{ name: 'test', handlers: { 'contact-joined': (effect) => void again.push(effect.id) } }],
  });
  await domain.idle();
  const state = domain.read(stateOf);
  await domain.close();
  const known = new Set(state.waiting.map(([id]) => id));
  expect(acknowledged.filter((id) => !known.has(id))).toEqual([]);
  expect(state.doubled).toEqual([]);
  expect(new Set(fresh).size).toBe(fresh.length);
  expect(new Set([...ran, ...again]).size).toBe(state.events);
  const journal = await readJournal(database, 'main', 0, 1_000_000);
  expect(journal.map((entry) => entry.seq)).toEqual(journal.map((_, index) => index + 1));
}

describe('ownership on PostgreSQL', () => {
  let server: PostgresServer;
  let url: string;
  let database: Database;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.close());

  async function fresh(): Promise<void> {
    url = await server.createDatabase();
    database = await openDatabase({ url, dataDir: '', logger: silentLogger });
  }
  afterEach(() => database?.close());

  it('lets a second server stand by, and take over when the first stops', async () => {
    await fresh();
    const first = await open(database);
    const stop = new AbortController();
    const aborted = open(database, { nodeName: 'third', signal: stop.signal });
    let isSecondOwner = false;
    const opening = open(database, { nodeName: 'second' }).then((domain) => {
      isSecondOwner = true;
      return domain;
    });
    await first.submit({ type: 'contact-enqueued', contactId: 'a', queueId: 'q', channel: 'voice' });
    stop.abort();
    await expect(aborted).rejects.toMatchObject({ code: 'state.conflict' });
    expect(isSecondOwner).toBe(false);
    while (!first.hasStandby) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(first.isOwnerCertain).toBe(true);
    await first.close();
    const second = await opening;
    expect(first.isOwnerCertain).toBe(false);
    expect(second.isOwnerCertain).toBe(true);
    expect(second.hasStandby).toBe(false);
    expect(second.read((engine) => engine.contactIds())).toEqual(['a']);
    await second.close();
  });

  it('tells an owner who does nothing that it was taken over', async () => {
    await fresh();
    const stopped = new Promise<string>((resolve) => {
      void open(database, { leaseMs: 200, onStopped: (fault) => resolve(fault.code) }).then(() =>
        takeLease(database, { name: 'routing main', owner: 'other', leaseMs: 60_000, seize: true }),
      );
    });
    expect(await stopped).toBe('journal.stale-owner');
  });

  it('loses and doubles nothing when the owner is killed while it works, again and again', async () => {
    await fresh();
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round++) {
      const owner = startOwner(url);
      await owner.until(() => owner.acknowledged.length > 60 + round * 37);
      await owner.kill();
      acknowledged.push(...owner.acknowledged);
    }
    await expectNothingLost(database, acknowledged);
  });

  it('takes over from a paused owner, who writes and does nothing more when it wakes up', async () => {
    await fresh();
    const owner = startOwner(url);
    await owner.until(() => owner.acknowledged.length > 50);
    owner.signal('SIGSTOP');
    const standby = await open(database);
    const takenOver = standby.read(stateOf);
    await standby.submit({ type: 'contact-enqueued', contactId: 'after', queueId: 'q', channel: 'voice' });
    const before = (await readJournal(database, 'main', 0, 1_000_000)).length;
    const ranBefore = (await database.query('select 1 from carried_out')).rows.length;
    owner.signal('SIGCONT');
    await owner.until(() => owner.lines.filter((line) => line === 'fault journal.stale-owner').length === 3);
    const journal = await readJournal(database, 'main', 0, 1_000_000);
    expect(journal).toHaveLength(before);
    expect(journal.at(-1)?.epoch).toBe(standby.epoch);
    expect(owner.lines).toContain('stopped journal.stale-owner');
    const known = new Set(takenOver.waiting.map(([id]) => id));
    expect(owner.acknowledged.filter((id) => !known.has(id))).toEqual([]);
    // A statement that was under way when it was paused may still end; nothing new begins.
    const ranAfter = (await database.query('select 1 from carried_out')).rows.length;
    expect(ranAfter - ranBefore).toBeLessThanOrEqual(3);
    expect((await database.query('select 1 from carried_out group by effect_id having count(*) > 1')).rows).toEqual([]);
    await standby.close();
  });

  it('outlasts a database that stops and starts again under load', async () => {
    await fresh();
    const owner = startOwner(url);
    await owner.until(() => owner.acknowledged.length > 50);
    await server.halt();
    await owner.until(() => owner.lines.includes('fault store.unavailable'));
    await server.start();
    const soFar = owner.acknowledged.length;
    await owner.until(() => owner.acknowledged.length > soFar + 50);
    await owner.kill();
    expect(owner.lines.filter((line) => line.startsWith('stopped'))).toEqual([]);
    // Contacts that were refused after they had been written are withdrawn again, so they count as events and not as waiting.
    const acknowledged = owner.acknowledged;
    const domain = await open(database);
    const state = domain.read(stateOf);
    await domain.close();
    const known = new Set(state.waiting.map(([id]) => id));
    expect(acknowledged.filter((id) => !known.has(id))).toEqual([]);
    expect(state.doubled).toEqual([]);
    const journal = await readJournal(database, 'main', 0, 1_000_000);
    expect(journal.map((entry) => entry.seq)).toEqual(journal.map((_, index) => index + 1));
  });
});

describe('ownership on the embedded database', () => {
  it('loses and doubles nothing when the process is killed while it works', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tandem-owner-'));
    try {
      const acknowledged: string[] = [];
      for (let round = 0; round < 2; round++) {
        const owner = startOwner(folder);
        await owner.until(() => owner.acknowledged.length > 60 + round * 37);
        await owner.kill();
        acknowledged.push(...owner.acknowledged);
      }
      const database = await openDatabase({ dataDir: folder, logger: silentLogger });
      await expectNothingLost(database, acknowledged);
      await database.close();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
