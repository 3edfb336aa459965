import type { Comparison, Recorded } from './compare.ts';
import { MEASURES, type Measure } from './measures.ts';
import type { Report } from './report.ts';
import { csvOf, summaryCsv } from './report-csv.ts';
import { estimateText, summaryText, table } from './report-text.ts';
import { FORMULAS } from './scenario-report.ts';
import { type Estimates, summarize, type Values } from './summary.ts';

function replayText({ replayed }: Recorded): string {
  const { events, compared, difference, digest } = replayed;
  const same = difference
    ? `event ${difference.seq} gives other effects than were kept:\n  kept ${JSON.stringify(difference.kept)}\n  now  ${JSON.stringify(difference.now)}`
    : compared > 0
      ? `${compared} kept effects are the same, byte for byte`
      : 'no effects were kept to compare with';
  return `${events} events replayed; ${same}\nSHA-256 of all effects: ${digest}`;
}

/** A journal replayed unchanged. */
export function replayReport(recorded: Recorded): Report {
  const { events, compared, difference, digest } = recorded.replayed;
  const summary = summarize([recorded.values]);
  return {
    text: `${replayText(recorded)}\n\n${summaryText(summary)}\n`,
    json: { events, compared, difference, digest, formulas: FORMULAS, values: recorded.values },
    csv: summaryCsv(summary),
  };
}

/** What was, the same people routed anew as recorded, and with the other configuration, side by side. */
export function comparisonReport(comparison: Comparison, options: { readonly seed: number }): Report {
  const { values, asRecorded, whatIf, difference, rejected } = comparison;
  const queueIds = [...new Set([...Object.keys(values.queues), ...Object.keys(whatIf.queues)])];
  const scopes: readonly Scope[] = [
    {
      name: 'total',
      recorded: values.total,
      asRecorded: asRecorded.total,
      whatIf: whatIf.total,
      difference: difference.total,
    },
    ...queueIds.map((queueId) => ({
      name: `queue:${queueId}`,
      recorded: values.queues[queueId] ?? {},
      asRecorded: asRecorded.queues[queueId] ?? {},
      whatIf: whatIf.queues[queueId] ?? {},
      difference: difference.queues[queueId] ?? {},
    })),
  ];
  const refused = Object.entries(rejected).map(([what, times]) => `the engine refused ${times} × ${what}\n`);
  const head = ['', 'recorded', 'simulated as recorded', 'simulated what-if', 'difference'];
  const tables = scopes.map((scope) =>
    table([[scope.name, ...head.slice(1)], ...MEASURES.flatMap((measure) => row(scope, measure))]),
  );
  const note = `${whatIf.replications} replications, seed ${options.seed}; the difference is between the two simulations, which have the same people`;
  const { replayed, ...rest } = comparison;
  return {
    text: `${replayText(comparison)}\n${note}\n${refused.join('')}\n${tables.join('\n\n')}\n`,
    json: {
      seed: options.seed,
      digest: replayed.digest,
      difference: replayed.difference,
      formulas: FORMULAS,
      comparison: rest,
    },
    csv: csvOf([
      [
        'scope',
        'measure',
        'unit',
        'recorded',
        'as_recorded',
        'as_recorded_half_width_95',
        'what_if',
        'what_if_half_width_95',
        'difference',
        'difference_half_width_95',
        'formula',
      ],
      ...scopes.flatMap((scope) => MEASURES.flatMap((measure) => csvRow(scope, measure))),
    ]),
  };
}

interface Scope {
  readonly name: string;
  readonly recorded: Values;
  readonly asRecorded: Estimates;
  readonly whatIf: Estimates;
  readonly difference: Estimates;
}

function isShown({ recorded, whatIf }: Scope, id: string): boolean {
  return recorded[id] !== undefined || whatIf[id] !== undefined;
}

function row(scope: Scope, { id, unit }: Measure): string[][] {
  if (!isShown(scope, id)) return [];
  const was = scope.recorded[id];
  const recorded = estimateText(was === undefined ? undefined : { mean: was, values: 1 }, unit);
  const rest = [scope.asRecorded, scope.whatIf, scope.difference].map((estimates) => estimateText(estimates[id], unit));
  return [[`  ${id}`, recorded, ...rest]];
}

function csvRow(scope: Scope, { id, unit, formula }: Measure): string[][] {
  if (!isShown(scope, id)) return [];
  const cells = [scope.asRecorded, scope.whatIf, scope.difference].flatMap((estimates) => {
    const estimate = estimates[id];
    return [estimate?.mean, estimate?.halfWidth].map((value) => (value === undefined ? '' : String(value)));
  });
  return [[scope.name, id, unit, String(scope.recorded[id] ?? ''), ...cells, formula]];
}
