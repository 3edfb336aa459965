import { closeSync, openSync, writeSync } from 'node:fs';
import type { Arguments } from './arguments.ts';
import { type Read, readJson } from './input.ts';
import { headLine, journalLine } from './journal.ts';
import type { Watcher } from './play.ts';
import { readScenario } from './read-scenario.ts';
import type { Report } from './report.ts';
import type { Scenario } from './scenario.ts';
import { planOf } from './scenario-plan.ts';
import { scenarioReport } from './scenario-report.ts';
import { simulate } from './simulate.ts';

/** A scenario file, simulated; with `journalOut` the first replication is kept as a journal with its effects. */
export function runScenario(args: Arguments): Read<Report> {
  const file = readJson(args.scenario ?? '');
  if (!file.ok) return file;
  const read = readScenario(withArguments(file.value, args));
  if (!read.ok) return read;
  const kept = args.journalOut === undefined ? undefined : keepJournal(args.journalOut, read.scenario);
  if (kept && !kept.ok) return kept;
  const keeper = kept?.value;
  const startedMs = performance.now();
  const before = process.cpuUsage();
  const result = simulate(read.scenario, keeper?.watch);
  keeper?.close();
  if (!result.ok) return result;
  const { user, system } = process.cpuUsage(before);
  const took = { wallMs: performance.now() - startedMs, processorMs: (user + system) / 1_000 };
  return { ok: true, value: scenarioReport(read.scenario, result, took) };
}

/** What the command line says counts more than the file. */
function withArguments(value: unknown, { seed, replications }: Arguments): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return { ...value, ...(seed === undefined ? {} : { seed }), ...(replications === undefined ? {} : { replications }) };
}

function keepJournal(path: string, scenario: Scenario): Read<{ readonly watch: Watcher; close(): void }> {
  const { configuration, seed } = planOf(scenario, 0);
  let file: number;
  try {
    file = openSync(path, 'w');
  } catch (fault) {
    return {
      ok: false,
      problems: [`${path}: cannot be written (${(fault as NodeJS.ErrnoException).code ?? 'unknown'})`],
    };
  }
  writeSync(file, headLine({ journal: 1, from: 'configuration', seed, configuration }));
  let seq = 0;
  const watch: Watcher = (event, atMs, effects) => {
    writeSync(file, journalLine({ seq: ++seq, atMs, event, effects }));
  };
  return { ok: true, value: { watch, close: () => closeSync(file) } };
}
