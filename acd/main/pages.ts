import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '../../config/errors.ts';

const ROOT = join(import.meta.dirname, '../..');
const SOURCES = ['agent-ui', 'acd/api/contract', 'package-lock.json'] as const;
const BUILD_DEADLINE_MS = 180_000;

/** The folder that holds the built pages. */
export const PAGES_DIR = join(ROOT, 'agent-ui/dist');
const STAMP = join(PAGES_DIR, '.built-from');

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name !== 'dist' && name !== 'node_modules' && name !== 'tests')
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

/** One hash over everything that the pages are made of. */
function sourceHash(): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesBelow(join(ROOT, source))) hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/**
 * Builds the pages when they are missing or their sources changed; otherwise does nothing. An image that ships built pages without
 * their sources uses them as they are. Throws `pages.not-built` with what the builder said last.
 */
export async function buildPages(): Promise<'built' | 'fresh'> {
  const hash = sourceHash();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return 'fresh';
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const said: Buffer[] = [];
  const code = await new Promise<number | null>((resolve, reject) => {
    const builder = spawn(
      process.execPath,
      [vite, 'build', '--config', 'agent-ui/vite.config.ts', '--logLevel', 'warn'],
      {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: BUILD_DEADLINE_MS,
      },
    );
    for (const stream of [builder.stdout, builder.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said.push(chunk);
        if (said.length > 50) said.shift();
      });
    }
    builder.once('error', reject);
    builder.once('exit', resolve);
  });
  if (code !== 0) throw new CodedError('pages.not-built', { said: Buffer.concat(said).toString('utf8').slice(-2_000) });
  writeFileSync(STAMP, hash);
  return 'built';
}
