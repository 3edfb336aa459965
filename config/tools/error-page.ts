import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERRORS } from '../error-table.ts';

/** The page `docs/errors.md`, written from the table; a test holds the two together. */
export function errorPage(): string {
  const rows = Object.entries(ERRORS)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([code, row]) => `| \`${code}\` | ${row.status} | ${row.retryable ? 'yes' : 'no'} | ${row.en} | ${row.zh} |`);
  return [
    '# Errors',
    '',
    'Every fault that the API, the socket or the log can name. Made by `npm run docs:errors` from `config/error-table.ts`.',
    '',
    '| code | HTTP | try again | says | 说明 |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(import.meta.dirname, '../../docs/errors.md'), errorPage());
}
