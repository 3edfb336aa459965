import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadEnv } from '../../config/env.ts';
import { isCoded } from '../../config/errors.ts';
import { createLogger } from '../../config/logger.ts';
import { openDatabase } from '../store/index.ts';
import { exportJournal } from './export-journal.ts';

const USAGE = 'Usage: npm run export:journal -- file.jsonl [--domain name]';

/** Opens the database that the server uses (the embedded one only while the server is stopped) and writes the file. Gives the exit code. */
async function run(words: readonly string[]): Promise<number> {
  const parsed = readWords(words);
  if (!parsed) {
    process.stderr.write(`${USAGE}\n`);
    return 1;
  }
  const env = loadEnv();
  const logger = createLogger({ level: 'warn' });
  const database = await openDatabase({ url: env.databaseUrl, dataDir: env.dataDir, logger });
  const file = openSync(parsed.path, 'w', 0o600);
  try {
    const done = await exportJournal(database, parsed.domain ?? env.routingDomain, (text) => {
      writeSync(file, text);
    });
    if (done.ok) {
      process.stdout.write(`${done.value.events} events written to ${parsed.path}\n`);
      return 0;
    }
    rmSync(parsed.path);
    process.stderr.write(`${done.problems.join('\n')}\n`);
    return 1;
  } finally {
    closeSync(file);
    await database.close();
  }
}

function readWords(
  words: readonly string[],
): { readonly path: string; readonly domain: string | undefined } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { domain: { type: 'string' } },
      allowPositionals: true,
    });
    const [path, ...more] = positionals;
    return path === undefined || more.length > 0 ? undefined : { path, domain: values.domain };
  } catch {
    return undefined;
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (fault) {
  if (!isCoded(fault)) throw fault;
  process.stderr.write(`${fault.message} (${fault.code})\n`);
  process.exitCode = 1;
}
