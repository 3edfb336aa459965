import { expect, it } from 'vitest';
import { describeOnBothDatabases } from '../../tests/services/databases.ts';
import {
  advanceLease,
  appendJournal,
  listMarkedEffects,
  markEffects,
  newestSnapshot,
  pruneJournal,
  readJournal,
  releaseLease,
  renewLease,
  saveSnapshot,
  takeLease,
} from './index.ts';

const T0 = 1_800_000_000_123;
const entry = (seq: number, event: unknown = { seq }) => ({ seq, atMs: T0 + seq, event: JSON.stringify(event) });
let domains = 0;

describeOnBothDatabases('lease and journal', (db) => {
  async function own(leaseMs = 60_000) {
    const domain = `d${++domains}`;
    const taken = await takeLease(db(), { name: domain, owner: 'one', leaseMs });
    if (taken.kind !== 'taken') throw new Error('the lease should be free');
    return { domain, lease: domain, epoch: taken.epoch };
  }

  it('has one owner at a time, with a higher epoch each', async () => {
    const owner = await own();
    const second = { name: owner.domain, owner: 'two', leaseMs: 60_000 };
    expect(await takeLease(db(), second)).toMatchObject({ kind: 'held', owner: 'one' });
    await releaseLease(db(), { name: owner.domain, owner: 'one' });
    const taken = await Promise.all([takeLease(db(), second), takeLease(db(), { ...second, owner: 'three' })]);
    expect(taken.map((outcome) => outcome.kind).sort()).toEqual(['held', 'taken']);
    expect(taken.find((outcome) => outcome.kind === 'taken')).toMatchObject({ epoch: owner.epoch + 1 });
    expect(await renewLease(db(), { name: owner.domain, owner: 'one' }, 9)).toBe(false);
    expect(await advanceLease(db(), { name: owner.domain, owner: 'one' }, 9)).toBeUndefined();
    expect(await takeLease(db(), { ...second, seize: true })).toMatchObject({ epoch: owner.epoch + 2 });
  });

  it('may be renewed after it expired, while nobody took it', async () => {
    const owner = await own(0);
    expect(await renewLease(db(), { name: owner.domain, owner: 'one' }, 60_000)).toBe(true);
    expect(await takeLease(db(), { name: owner.domain, owner: 'two', leaseMs: 1 })).toMatchObject({ kind: 'held' });
  });

  it('cuts off its own earlier appends by a new epoch', async () => {
    const owner = await own();
    const epoch = await advanceLease(db(), { name: owner.domain, owner: 'one' }, 60_000);
    expect(epoch).toBe(owner.epoch + 1);
    expect(await appendJournal(db(), owner, [entry(1)])).toBe('stale-owner');
    expect(await appendJournal(db(), { ...owner, epoch: owner.epoch + 1 }, [entry(1)])).toBe('appended');
  });

  it('keeps events byte for byte and in order', async () => {
    const owner = await own();
    const odd = '{"z":1,"a":{"2":[1.50,-0],"1":"\\u00e9 李"}}';
    expect(await appendJournal(db(), owner, [entry(1), { seq: 2, atMs: T0, event: odd }])).toBe('appended');
    const read = await readJournal(db(), owner.domain, 0, 10);
    expect(read).toEqual([
      { ...entry(1), epoch: owner.epoch },
      { seq: 2, atMs: T0, event: odd, epoch: owner.epoch },
    ]);
    expect(await readJournal(db(), owner.domain, 1, 10)).toHaveLength(1);
  });

  it('writes nothing twice when an append is sent again', async () => {
    const owner = await own();
    const entries = [entry(1), entry(2)];
    expect(await appendJournal(db(), owner, entries)).toBe('appended');
    expect(await appendJournal(db(), owner, entries)).toBe('appended');
    expect(await readJournal(db(), owner.domain, 0, 10)).toHaveLength(2);
  });

  it('refuses an owner whose epoch is over, in the middle of appends too', async () => {
    const owner = await own(0);
    const results: string[] = [];
    const appending = (async () => {
      for (let seq = 1; seq <= 200; seq++) {
        const result = await appendJournal(db(), owner, [entry(seq)]);
        results.push(result);
        if (result === 'stale-owner') return;
      }
    })();
    const taken = await takeLease(db(), { name: owner.domain, owner: 'two', leaseMs: 60_000 });
    const seen = (await readJournal(db(), owner.domain, 0, 1_000)).length;
    await appending;
    expect(taken.kind).toBe('taken');
    expect(results.at(-1)).toBe('stale-owner');
    expect(results.filter((result) => result === 'appended')).toHaveLength(seen);
    const next = { ...owner, epoch: owner.epoch + 1 };
    expect(await appendJournal(db(), next, [entry(seen + 1)])).toBe('appended');
    expect(await appendJournal(db(), owner, [entry(seen + 1)])).toBe('stale-owner');
  });

  it('makes an append wait for a takeover that is under way, and then refuses it', async () => {
    const owner = await own();
    let appending: Promise<string> | undefined;
    await db().transaction(async (tx) => {
      await takeLease(tx, { name: owner.domain, owner: 'two', leaseMs: 60_000, seize: true });
      appending = appendJournal(db(), owner, [entry(1)]);
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    expect(await appending).toBe('stale-owner');
    expect(await readJournal(db(), owner.domain, 0, 9)).toEqual([]);
  });

  it('appends all of a batch or nothing', async () => {
    const owner = await own();
    await expect(appendJournal(db(), owner, [entry(1), { seq: 2, atMs: T0, event: '{' }])).rejects.toMatchObject({
      code: 'store.statement',
    });
    expect(await readJournal(db(), owner.domain, 0, 10)).toHaveLength(0);
  });

  it('restores from the newest snapshot, and forgets the marks that it covers', async () => {
    const owner = await own();
    await markEffects(db(), owner.domain, [
      { effectId: '1.0', seq: 1, outcome: 'done' },
      { effectId: '7.0', seq: 7, outcome: 'failed' },
    ]);
    await markEffects(db(), owner.domain, [{ effectId: '7.0', seq: 7, outcome: 'done' }]);
    for (let seq = 1; seq <= 5; seq++)
      await saveSnapshot(db(), owner, { seq, state: `{"n":${seq}}`, outstanding: '[]' });
    expect(await newestSnapshot(db(), owner.domain)).toEqual({ seq: 5, state: '{"n":5}', outstanding: '[]' });
    expect([...(await listMarkedEffects(db(), owner.domain))]).toEqual(['7.0']);
    const kept = await db().query('select seq from engine_snapshots where domain = $1', [owner.domain]);
    expect(kept.rows).toHaveLength(3);
    const stale = { ...owner, epoch: owner.epoch - 1 };
    expect(await saveSnapshot(db(), stale, { seq: 9, state: '{}', outstanding: '[]' })).toBe(false);
  });

  it('prunes what is both covered and old', async () => {
    const owner = await own();
    await appendJournal(
      db(),
      owner,
      [1, 2, 3, 4].map((seq) => entry(seq)),
    );
    expect(await pruneJournal(db(), owner.domain, { coveredSeq: 2, beforeMs: T0 + 4 })).toBe(2);
    expect(await pruneJournal(db(), owner.domain, { coveredSeq: 9, beforeMs: T0 + 4 })).toBe(1);
    expect((await readJournal(db(), owner.domain, 0, 9)).map((row) => row.seq)).toEqual([4]);
  });
});
