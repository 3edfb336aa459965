import { expect, it } from 'vitest';
import { describeOnBothDatabases } from '../../tests/services/databases.ts';
import type { EngineEvent } from '../engine/index.ts';
import { pureEngines } from '../routing/index.ts';
import { appendJournal, pruneJournal, saveSnapshot, takeLease } from '../store/index.ts';
import { exportJournal } from './export-journal.ts';
import { readJournalFile } from './journal.ts';
import { replay } from './replay.ts';

const T0 = 1_790_000_000_000;
const EVENTS: readonly EngineEvent[] = [
  { type: 'configuration-changed', configuration: { version: 1, queues: [{ id: 'q', strategy: { kind: 'random' } }] } },
  { type: 'agent-signed-in', agentId: 'a', status: 'available', queues: [{ queueId: 'q' }] },
  { type: 'agent-signed-in', agentId: 'b', status: 'available', queues: [{ queueId: 'q' }] },
  { type: 'contact-enqueued', contactId: 'c1', queueId: 'q', channel: 'voice' },
  { type: 'offer-accepted', offerId: 'o1' },
  { type: 'contact-enqueued', contactId: 'c2', queueId: 'q', channel: 'voice' },
];
let domains = 0;

describeOnBothDatabases('export of a journal', (db) => {
  async function kept() {
    const domain = `export${++domains}`;
    const taken = await takeLease(db(), { name: domain, owner: 'one', leaseMs: 60_000 });
    if (taken.kind !== 'taken') expect.fail('the lease should be free');
    const owner = { domain, lease: domain, epoch: taken.epoch };
    const entries = EVENTS.map((event, index) => ({ seq: index + 1, atMs: T0 + index, event: JSON.stringify(event) }));
    await appendJournal(db(), owner, entries);
    return owner;
  }
  async function exported(domain: string) {
    const lines: string[] = [];
    const done = await exportJournal(db(), domain, (text) => lines.push(text));
    if (!done.ok) return done;
    const journal = readJournalFile(lines.join(''));
    if (!journal.ok) expect.fail(journal.problems.join('\n'));
    return journal;
  }
  const live = (domain: string) => {
    const engine = pureEngines.create(domain);
    return EVENTS.map((event, index) => ({ snapshot: engine.snapshot(), effects: engine.apply(event, T0 + index) }));
  };

  it('replays to the effects of the live engine', async () => {
    const { domain } = await kept();
    const journal = await exported(domain);
    if (!journal.ok) expect.fail('there is a journal');
    const replayed: unknown[] = [];
    replay(journal.value, (_, __, effects) => replayed.push(effects));
    expect(replayed).toEqual(live(domain).map(({ effects }) => effects));
  });

  it('begins with a snapshot when the older part is gone', async () => {
    const owner = await kept();
    const now = live(owner.domain);
    const state = JSON.stringify(now[3]?.snapshot);
    await saveSnapshot(db(), owner, { seq: 3, state, outstanding: '[]' });
    await pruneJournal(db(), owner.domain, { coveredSeq: 2, beforeMs: T0 + 1_000 });
    const journal = await exported(owner.domain);
    if (!journal.ok) expect.fail('there is a journal');
    expect(journal.value.lines.map(({ seq }) => seq)).toEqual([4, 5, 6]);
    const replayed: unknown[] = [];
    replay(journal.value, (_, __, effects) => replayed.push(effects));
    expect(replayed).toEqual(now.slice(3).map(({ effects }) => effects));
  });

  it('says when there is nothing', async () => {
    expect(await exported('nobody')).toMatchObject({ ok: false });
  });
});
