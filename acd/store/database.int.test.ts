import { expect, it } from 'vitest';
import { describeOnBothDatabases } from '../../tests/services/databases.ts';
import { instant } from './database.ts';
import { listMigrations, migrate } from './migrate.ts';

describeOnBothDatabases('the database port', (database) => {
  it('reads bigint, timestamptz and json as it promises', async () => {
    const { rows } = await database().query(
      `select $1::bigint as big, $2::timestamptz as at, $3::jsonb as data, $4::json as text, array_length($5::text[], 1) as n,
              count(*) as counted, 1.5::numeric as exact`,
      [9_007_199_254_740_991, instant(1_700_000_000_123), '{"b":1,"a":[2]}', '{"b":1,"a":2}', ['x', 'y']],
    );
    expect(rows[0]).toEqual({
      big: 9_007_199_254_740_991,
      at: 1_700_000_000_123,
      data: { b: 1, a: [2] },
      text: { b: 1, a: 2 },
      n: 2,
      counted: 1,
      exact: '1.5',
    });
    expect(Object.keys(rows[0]?.text as object)).toEqual(['b', 'a']);
  });

  it('says how many rows changed', async () => {
    await database().query("insert into roles (id, name) values ('r1', 'One'), ('r2', 'Two')");
    expect((await database().query("delete from roles where id like 'r%'")).changed).toBe(2);
  });

  it('takes back a transaction whose work throws, and stays usable', async () => {
    await expect(
      database().transaction(async (tx) => {
        await tx.query("insert into roles (id, name) values ('gone', 'Gone')");
        await tx.query('select nothing from nowhere');
      }),
    ).rejects.toMatchObject({ code: 'store.statement', fields: { sqlState: '42P01' } });
    expect((await database().query("select 1 from roles where id = 'gone'")).rows).toHaveLength(0);
  });

  it('names a broken constraint', async () => {
    await database().query("insert into roles (id, name) values ('twice', 'x')");
    await expect(database().query("insert into roles (id, name) values ('twice', 'x')")).rejects.toMatchObject({
      code: 'store.conflict',
      fields: { constraint: 'roles_pkey' },
    });
  });

  it('tells the caller in time when a statement takes too long, and answers the next one', async () => {
    await expect(
      database().query('select count(*) from generate_series(1, 3000000)', [], { deadlineMs: 20 }),
    ).rejects.toMatchObject({ code: 'store.unavailable' });
    expect((await database().query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('allows one statement more time than others, and only that one', async () => {
    const limit = "select current_setting('statement_timeout') as ms";
    const { rows } = await database().query<{ ms: string }>(limit, [], { deadlineMs: 60_000 });
    if (database().kind === 'postgres') expect(rows[0]?.ms).toBe('1min');
    await expect(database().query('select broken', [], { deadlineMs: 60_000 })).rejects.toMatchObject({
      code: 'store.statement',
    });
    const others = await Promise.all(Array.from({ length: 12 }, () => database().query<{ ms: string }>(limit)));
    if (database().kind === 'postgres')
      expect(new Set(others.map((other) => other.rows[0]?.ms))).toEqual(new Set(['10s']));
  });

  it('keeps transactions apart when many run at once', async () => {
    await database().query("insert into roles (id, name) values ('counter', '0')");
    await Promise.all(
      Array.from({ length: 20 }, () =>
        database().transaction(async (tx) => {
          const { rows } = await tx.query<{ name: string }>("select name from roles where id = 'counter' for update");
          await tx.query("update roles set name = $1 where id = 'counter'", [String(Number(rows[0]?.name) + 1)]);
        }),
      ),
    );
    expect((await database().query("select name from roles where id = 'counter'")).rows).toEqual([{ name: '20' }]);
  });

  it('migrates once, however often it is asked', async () => {
    const answers = await Promise.all([migrate(database()), migrate(database())]);
    expect(answers).toEqual([{ applied: 0 }, { applied: 0 }]);
  });

  it('applies a new step, and refuses a database that is newer or was changed', async () => {
    const steps = await listMigrations();
    const next = { version: 9999, name: 'later', checksum: 'x', sql: 'create table later (id int);\n-- no; more\n' };
    expect(await migrate(database(), [...steps, next])).toEqual({ applied: 1 });
    await expect(migrate(database())).rejects.toMatchObject({ code: 'store.migration', fields: { database: 9999 } });
    await expect(migrate(database(), [...steps, { ...next, checksum: 'y' }])).rejects.toMatchObject({
      code: 'store.migration',
    });
  });

  it('leaves nothing of a step that fails', async () => {
    const steps = await listMigrations();
    const later = { version: 9999, name: 'later', checksum: 'x', sql: 'create table later (id int);' };
    const bad = {
      version: 10_000,
      name: 'bad',
      checksum: 'z',
      sql: 'create table half (id int);\ninsert into half values (1/0);',
    };
    await expect(migrate(database(), [...steps, later, bad])).rejects.toMatchObject({ code: 'store.statement' });
    expect((await database().query("select to_regclass('half') as found")).rows).toEqual([{ found: null }]);
  });
});
