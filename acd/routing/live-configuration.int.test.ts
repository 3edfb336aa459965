import { expect, it } from 'vitest';
import { silentLogger } from '../../config/logger.ts';
import { describeOnBothDatabases } from '../../tests/services/databases.ts';
import type { EngineEvent } from '../engine/index.ts';
import {
  type Database,
  findConfigurationVersion,
  listAudit,
  listConfigurationVersions,
  readJournal,
} from '../store/index.ts';
import {
  activeConfiguration,
  type ConfigurationHost,
  changeConfiguration,
  openRoutingDomain,
  previewConfiguration,
  pureEngines,
  rollBackConfiguration,
  settleConfiguration,
} from './index.ts';

let domains = 0;
async function host(database: Database, name = `configured${++domains}`): Promise<ConfigurationHost> {
  const domain = await openRoutingDomain({
    domain: name,
    nodeName: 'node',
    database,
    engines: pureEngines,
    consumers: [],
    logger: silentLogger,
    leaseMs: 2_000,
  });
  return { database, domain, engines: pureEngines };
}

const sales = { id: 'sales' };
const tech = { id: 'tech', wrapUpMs: { voice: 5_000 } };
const ann = { id: 'ann', queues: [{ queueId: 'sales' }] };
const enqueue = (contactId: string, queueId: string): EngineEvent => ({
  type: 'contact-enqueued',
  contactId,
  queueId,
  channel: 'voice',
});

describeOnBothDatabases('live configuration', (db) => {
  it('is stored with who and when, journaled, and in force after a restart', async () => {
    const first = await host(db());
    expect(await settleConfiguration(first, { queues: [sales], agents: [ann] })).toEqual({
      kind: 'activated',
      version: 1,
    });
    const change = { configuration: { queues: [sales, tech], agents: [ann] }, note: 'tech opens', actorId: 'boss' };
    expect(await changeConfiguration(first, change)).toEqual({ kind: 'activated', version: 2 });
    const versions = await listConfigurationVersions(db(), first.domain.domain);
    expect(versions.map(({ version, createdBy, note }) => [version, createdBy, note])).toEqual([
      [2, 'boss', 'tech opens'],
      [1, null, null],
    ]);
    expect(versions.every((version) => version.activatedAtMs !== null)).toBe(true);
    expect((await listAudit(db()))[0]).toMatchObject({ actorId: 'boss', action: 'configuration-changed' });
    await first.domain.close();
    const again = await host(db(), first.domain.domain);
    expect(activeConfiguration(again)).toMatchObject({ version: 2, queues: [sales, tech] });
    expect(await settleConfiguration(again, { queues: [] })).toBeUndefined();
    await again.domain.close();
  });

  it('refuses an invalid change with all its reasons, and alters nothing', async () => {
    const desk = await host(db());
    await settleConfiguration(desk, { queues: [sales] });
    const outcome = await changeConfiguration(desk, {
      configuration: {
        queues: [
          { id: 'sales', strategy: { kind: 'loudest' }, wrapUpMs: { voice: -1 } },
          { id: 'sales', colour: 'red' },
        ],
        agents: [{ id: 'ann', skills: { billing: 11 }, queues: [{ queueId: 'nowhere' }] }],
        calendars: [{ id: 'c', week: [], utcOffsetMinutes: 480 }],
      },
    });
    const paths = outcome.kind === 'refused' ? outcome.problems.map((problem) => problem.path) : [];
    for (const path of [
      'queues[0].strategy.kind',
      'queues[0].wrapUpMs.voice',
      'queues[1]',
      'queues[1].id',
      'agents[0].skills.billing',
      'agents[0].queues',
      'calendars[0].week',
    ]) {
      expect(paths).toContain(path);
    }
    expect(activeConfiguration(desk)).toMatchObject({ version: 1, queues: [sales] });
    expect(await listConfigurationVersions(db(), desk.domain.domain)).toHaveLength(1);
    expect(await readJournal(db(), desk.domain.domain, 0, 9)).toHaveLength(1);
    await desk.domain.close();
  });

  it('takes a queue away only when it is said what becomes of those who wait', async () => {
    const desk = await host(db());
    await settleConfiguration(desk, { queues: [sales, tech] });
    await desk.domain.submit(enqueue('c1', 'tech'));
    const configuration = { queues: [sales] };
    const preview = previewConfiguration(desk, { configuration });
    expect(preview).toMatchObject({
      queuesRemoved: ['tech'],
      waiting: { tech: 1 },
      problems: [{ path: 'removed.tech' }],
    });
    expect((await changeConfiguration(desk, { configuration })).kind).toBe('refused');
    expect(desk.domain.read((engine, nowMs) => engine.contact('c1', nowMs))).toMatchObject({ queueId: 'tech' });
    const removed = { tech: { to: 'queue', queueId: 'sales' } } as const;
    expect(
      (await changeConfiguration(desk, { configuration, removed: { tech: { to: 'queue', queueId: 'gone' } } })).kind,
    ).toBe('refused');
    expect(await changeConfiguration(desk, { configuration, removed })).toMatchObject({ kind: 'activated' });
    expect(desk.domain.read((engine, nowMs) => engine.contact('c1', nowMs))).toMatchObject({ queueId: 'sales' });
    await desk.domain.close();
  });

  it('goes back to an older version as a new one', async () => {
    const desk = await host(db());
    await settleConfiguration(desk, { queues: [sales] });
    await changeConfiguration(desk, { configuration: { queues: [sales, tech] } });
    expect(await rollBackConfiguration(desk, { version: 1, actorId: 'boss' })).toEqual({
      kind: 'activated',
      version: 3,
    });
    expect(activeConfiguration(desk)).toEqual({ version: 3, queues: [sales] });
    expect(await findConfigurationVersion(db(), desk.domain.domain, 3)).toMatchObject({
      restoredFrom: 1,
      createdBy: 'boss',
    });
    await expect(rollBackConfiguration(desk, { version: 99 })).rejects.toMatchObject({ code: 'thing.not-found' });
    await desk.domain.close();
  });

  it('says what a change would do, and does nothing', async () => {
    const desk = await host(db());
    await settleConfiguration(desk, { queues: [sales], agents: [ann] });
    const configuration = { queues: [{ ...sales, priority: 5 }, tech], agents: [{ id: 'bob' }] };
    expect(previewConfiguration(desk, { configuration })).toEqual({
      problems: [],
      queuesAdded: ['tech'],
      queuesRemoved: [],
      queuesChanged: ['sales'],
      agentsAdded: ['bob'],
      agentsRemoved: ['ann'],
      agentsChanged: [],
      waiting: {},
    });
    expect(activeConfiguration(desk).version).toBe(1);
    await desk.domain.close();
  });
});
