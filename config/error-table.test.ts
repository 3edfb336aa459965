import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ERRORS } from './error-table.ts';
import { errorPage } from './tools/error-page.ts';

it('the page of errors is the table of errors', () => {
  expect(readFileSync(join(import.meta.dirname, '../docs/errors.md'), 'utf8')).toBe(errorPage());
});

it.each(Object.entries(ERRORS))('%s says what happened and what to do, in both languages', (_code, row) => {
  expect(row.en).toMatch(/^[A-Z].+\.$/);
  expect(row.zh).toMatch(/。$/);
  expect(row.status).toBeGreaterThanOrEqual(400);
});
