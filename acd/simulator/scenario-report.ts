import { MEASURES } from './measures.ts';
import type { Report } from './report.ts';
import { summaryCsv } from './report-csv.ts';
import { summaryText } from './report-text.ts';
import type { Scenario } from './scenario.ts';
import type { Simulation } from './simulate.ts';

/** Formulas by measure; every report carries them. */
export const FORMULAS: Readonly<Record<string, string>> = Object.fromEntries(
  MEASURES.map(({ id, formula }) => [id, formula]),
);

/** How long a run took; on a machine with other work the second says more. */
export interface Took {
  readonly wallMs: number;
  readonly processorMs: number;
}
const seconds = (ms: number) => (ms / 1_000).toFixed(1);

/** A simulated scenario for people, for programs and for spreadsheets. */
export function scenarioReport(scenario: Scenario, result: Simulation, took: Took): Report {
  const { summary, runs, events, unfinished, rejected } = result;
  const { name, seed, replications, serviceLevelThresholdMs } = scenario;
  const notes = [
    `${replications} replication${replications === 1 ? '' : 's'}, seed ${seed}, ${events} events in ${seconds(took.wallMs)} s (${seconds(took.processorMs)} s of processor time);` +
      ` T = ${serviceLevelThresholdMs / 1_000} s${replications > 1 ? '; ± is half of the 95 % confidence interval' : ''}`,
  ];
  if (unfinished > 0) notes.push(`${unfinished} contacts were still there at the end`);
  for (const [what, times] of Object.entries(rejected)) notes.push(`the engine refused ${times} × ${what}`);
  return {
    text: `${name}\n${notes.join('\n')}\n\n${summaryText(summary)}\n`,
    json: { name, seed, serviceLevelThresholdMs, formulas: FORMULAS, summary, runs, events, unfinished, rejected },
    csv: summaryCsv(summary),
  };
}
