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
  const keeper = args.journalOut === undefined ? undefined : keepJournal(args.journalOut, read.scenario);
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

function keepJournal(path: string, scenario: Scenario): { readonly watch: Watcher; close(): void } {
  const { configuration, seed } = planOf(scenario, 0);
  const file = openSync(path, 'w');
  writeSync(file, headLine({ journal: 1, from: 'configuration', seed, configuration }));
  let seq = 0;
  return {
    watch: (event, atMs, effects) => {
      writeSync(file, journalLine({ seq: ++seq, atMs, event, effects }));
    },
    close: () => closeSync(file),
  };
}
