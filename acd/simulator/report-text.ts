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

/** One line a measure with its formula, over all queues; then one column a queue. */
export function summaryText(summary: Summary): string {
  const shown = (estimates: Estimates, { id, unit }: Measure) => estimateText(estimates[id], unit);
  const totals = MEASURES.filter(({ id }) => summary.total[id]).map((measure) => [
    measure.id,
    shown(summary.total, measure),
    `  ${measure.formula}`,
  ]);
  const width = Math.max(...totals.map(([, , formula]) => formula?.length ?? 0));
  const all = table(totals.map(([id = '', value = '', formula = '']) => [id, value, formula.padEnd(width)]));
  const queueIds = Object.keys(summary.queues);
  if (queueIds.length < 2) return all;
  const head = ['queue', ...QUEUE_MEASURES.map(({ id }) => id)];
  const rows = queueIds.map((queueId) => [
    queueId,
    ...QUEUE_MEASURES.map((measure) => shown(summary.queues[queueId] ?? {}, measure)),
  ]);
  return `${all}\n\n${table([head, ...rows])}`;
}

const IN_QUEUE_TABLE: readonly string[] = [
  'offered',
  'answered',
  'abandoned',
  'serviceLevel.ignore-abandoned',
  'averageSpeedOfAnswer',
  'abandonRate',
  'averageHandlingTime',
  'ronaRate',
];
const QUEUE_MEASURES = MEASURES.filter(({ id }) => IN_QUEUE_TABLE.includes(id));
