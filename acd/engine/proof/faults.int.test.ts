import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULTS, type Fault } from './faults.ts';

const run = promisify(execFile);
const ENGINE = fileURLToPath(new URL('..', import.meta.url));
const HISTORIES = 60;

/** The first law that a copy of the engine breaks; null when it keeps them all. */
async function judgeCopy(folder: string, fault: Fault | undefined): Promise<string | null> {
  const copy = join(folder, fault ? fault.name.replaceAll(' ', '-') : 'sound');
  await cp(ENGINE, copy, { recursive: true, filter: (path) => !path.endsWith('.test.ts') });
  if (fault) {
    const path = join(copy, fault.file);
    const source = await readFile(path, 'utf8');
    expect(source, `${fault.file} no longer has the line of "${fault.name}"`).toContain(fault.find);
    await writeFile(path, source.replace(fault.find, fault.put));
  }
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', join(copy, 'proof', 'run-histories.ts'), String(HISTORIES)],
    {
      timeout: 50_000,
    },
  );
  return (JSON.parse(stdout) as { violation: string | null }).violation;
}

describe('the laws catch deliberate faults', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-faults-'));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('a sound copy keeps them all', async () => {
    expect(await judgeCopy(folder, undefined)).toBeNull();
  });

  it.each(FAULTS)('$name', async (fault) => {
    expect(await judgeCopy(folder, fault)).not.toBeNull();
  });
});
