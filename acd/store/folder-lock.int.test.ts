import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from './folder-lock.ts';
import { openPglite } from './pglite.ts';

let folder: string;
let child: ChildProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-lock-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  child = undefined;
  await rm(folder, { recursive: true, force: true });
});

/** Runs `code` in a process of its own and answers its first line. */
async function startChild(code: string): Promise<string> {
  child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout!, 'data');
  return String(line).trim();
}

async function killChild(): Promise<void> {
  const ended = once(child!, 'exit');
  child?.kill('SIGKILL');
  await ended;
}

const door = new URL('./index.ts', import.meta.url).href;
const opens = (path: string) => `
  const { openPglite } = await import(${JSON.stringify(door)});
  const database = await openPglite({ folder: ${JSON.stringify(path)} });
  await database.query('create table if not exists kept (n int)');
  for (let n = 1; ; n++) {
    await database.query('insert into kept values ($1)', [n]);
    process.stdout.write(n + '\\n');
  }`;

describe('the lock of the data folder', () => {
  it('refuses a second holder with a sentence, and gives way after release', async () => {
    const first = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'data-dir.locked', fields: { pid: process.pid } });
    await first.release();
    await first.release();
    await (await lockFolder(folder)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes over the lock of a process that is gone, and of one whose id was given to another', async () => {
    await writeFile(join(folder, 'tandem.lock'), JSON.stringify({ pid: 4_194_301, startedAt: 'x:1', token: 'a' }));
    await (await lockFolder(folder)).release();
    await writeFile(join(folder, 'tandem.lock'), JSON.stringify({ pid: process.pid, startedAt: 'x:1', token: 'a' }));
    await (await lockFolder(folder)).release();
  });

  it('takes over a lock that cannot be read', async () => {
    await writeFile(join(folder, 'tandem.lock'), '{"pid":');
    await (await lockFolder(folder)).release();
  });

  it('gives a stale lock to one of many that ask at once, every time', async () => {
    for (let round = 0; round < 20; round++) {
      await writeFile(join(folder, 'tandem.lock'), JSON.stringify({ pid: 4_194_301, startedAt: 'x:1', token: 'a' }));
      const answers = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
      const taken = answers.filter((answer) => answer.status === 'fulfilled');
      expect(taken).toHaveLength(1);
      await taken[0]?.value.release();
      expect(await readdir(folder)).toEqual([]);
    }
  });

  it('refuses a second process, and after kill -9 opens with every acknowledged row', async () => {
    await startChild(opens(folder));
    await expect(openPglite({ folder })).rejects.toMatchObject({
      code: 'data-dir.locked',
      fields: { pid: child?.pid },
    });
    let seen = '';
    child?.stdout?.on('data', (part) => {
      seen += part;
    });
    while (seen.split('\n').length < 100) await once(child!.stdout!, 'data');
    await killChild();
    const acknowledged = Number(seen.trim().split('\n').at(-2));
    const database = await openPglite({ folder });
    const { rows } = await database.query<{ n: number }>('select count(*) as n from kept where n <= $1', [
      acknowledged,
    ]);
    await database.close();
    expect(rows[0]?.n).toBe(acknowledged);
  });
});
