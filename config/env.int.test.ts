import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-env-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const loader = import.meta.resolve('tsx');
const module = new URL('./env.ts', import.meta.url).href;

/** Loads the environment in a process of its own, in a folder of its own. */
async function load(variables: Record<string, string>) {
  const code = `const { loadEnv } = await import(${JSON.stringify(module)}); console.log(JSON.stringify(loadEnv()));`;
  const child = spawn(process.execPath, ['--import', loader, '--input-type=module', '-e', code], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', ...variables },
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (part) => (output += part));
  child.stderr.on('data', (part) => (errors += part));
  const [exitCode] = await once(child, 'close');
  return { exitCode, output, errors };
}

it('ends the process with every problem, in both languages, and no secret', async () => {
  const { exitCode, output, errors } = await load({ HTTP_PORT: 'x', LOG_LEVEL: 'y', ADMIN_PASSWORD: 'short' });
  expect(exitCode).toBe(78);
  expect(output).toBe('');
  for (const part of ['HTTP_PORT must', 'LOG_LEVEL must', 'ADMIN_PASSWORD must', 'settings', '配置'])
    expect(errors).toContain(part);
  expect(errors).not.toContain('short');
});

it('reads .env beside it, and the environment before that', async () => {
  await writeFile(join(folder, '.env'), 'HTTP_PORT=9001\nDEFAULT_LOCALE=en\n');
  const { exitCode, output } = await load({ HTTP_PORT: '9002' });
  expect(exitCode).toBe(0);
  expect(JSON.parse(output)).toMatchObject({ http: { port: 9002 }, defaultLocale: 'en' });
});
