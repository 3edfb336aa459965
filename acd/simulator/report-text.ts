import type { Estimate } from './confidence.ts';
import { MEASURES, type Measure } from './measures.ts';
import type { Estimates, Summary } from './summary.ts';

const SECOND_MS = 1_000;

function numberOf(value: number, unit: Measure['unit'], digits = 2): string {
  switch (unit) {
    case 'count':
      return value.toFixed(Number.isInteger(value) ? 0 : 1);
    case 'share':
      return `${(value * 100).toFixed(digits)}%`;
    case 'ms':
      return `${(value / SECOND_MS).toFixed(digits)}s`;
  }
}

/** `82.69% ±0.41`, `12.1s ±0.8`; without an interval when there was one run only. */
export function estimateText(estimate: Estimate | undefined, unit: Measure['unit']): string {
  if (!estimate) return '–';
  const mean = numberOf(estimate.mean, unit);
  return estimate.halfWidth === undefined
    ? mean
    : `${mean} ±${numberOf(estimate.halfWidth, unit).replace(/[%s]$/, '')}`;
}

/** Columns as wide as their widest cell; the first one to the left, numbers to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)));
  return rows.map((row) => line(row).join('  ').trimEnd()).join('\n');
}

/** One line a measure with its formula, over all queues; then one line a queue and interval. */
export function summaryText(summary: Summary): string {
  const shown = (estimates: Estimates, { id, unit }: Measure) => estimateText(estimates[id], unit);
  const totals = MEASURES.filter(({ id }) => summary.total[id]).map((measure) => [
    measure.id,
    shown(summary.total, measure),
    `  ${measure.formula}`,
  ]);
  const width = Math.max(...totals.map(([, , formula]) => formula?.length ?? 0));
  const all = table(totals.map(([id = '', value = '', formula = '']) => [id, value, formula.padEnd(width)]));
  const parts = [all];
  if (Object.keys(summary.queues).length > 1) parts.push(partsTable('queue', summary.queues));
  if (Object.keys(summary.intervals).length > 0) parts.push(partsTable('interval', summary.intervals));
  return parts.join('\n\n');
}

function partsTable(name: string, parts: Readonly<Record<string, Estimates>>): string {
  const rows = Object.entries(parts).map(([part, estimates]) => [
    part,
    ...PART_MEASURES.map(({ id, unit }) => estimateText(estimates[id], unit)),
  ]);
  return table([[name, ...PART_MEASURES.map(({ id }) => id)], ...rows]);
}

const IN_PARTS_TABLE: readonly string[] = [
  'offered',
  'answered',
  'abandoned',
  'serviceLevel.ignore-abandoned',
  'averageSpeedOfAnswer',
  'abandonRate',
  'averageHandlingTime',
  'ronaRate',
];
const PART_MEASURES = MEASURES.filter(({ id }) => IN_PARTS_TABLE.includes(id));
