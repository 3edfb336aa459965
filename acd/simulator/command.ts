import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Read, readJson } from './input.ts';
import { readScenario } from './read-scenario.ts';
import type { Report } from './report.ts';
import { scenarioReport } from './scenario-report.ts';
import { simulate } from './simulate.ts';

const USAGE = `Usage:
  npm run simulate -- scenario.json [--seed n] [--replications n] [--json out.json] [--csv out.csv]
`;

const OPTIONS = {
  json: { type: 'string' },
  csv: { type: 'string' },
  seed: { type: 'string' },
  replications: { type: 'string' },
} as const;

interface Arguments {
  readonly scenario?: string | undefined;
  readonly json?: string | undefined;
  readonly csv?: string | undefined;
  readonly seed?: number | undefined;
  readonly replications?: number | undefined;
}

function readArguments(words: readonly string[]): Read<Arguments> {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
    const problems: string[] = [];
    const number = (name: 'seed' | 'replications', least: number) => {
      const text = values[name];
      if (text === undefined) return undefined;
      if (!/^\d{1,15}$/.test(text) || Number(text) < least)
        problems.push(`--${name}: must be a whole number from ${least}`);
      return Number(text);
    };
    const seed = number('seed', 0);
    const replications = number('replications', 1);
    if (positionals.length !== 1) problems.push('name one scenario file');
    if (problems.length > 0) return { ok: false, problems: [...problems, USAGE] };
    return { ok: true, value: { scenario: positionals[0], json: values.json, csv: values.csv, seed, replications } };
  } catch (fault) {
    return { ok: false, problems: [(fault as Error).message, USAGE] };
  }
}

function reportOf(args: Arguments): Read<Report> {
  const file = readJson(args.scenario ?? '');
  if (!file.ok) return file;
  const given = Object.fromEntries(
    (['seed', 'replications'] as const).flatMap((name) => (args[name] === undefined ? [] : [[name, args[name]]])),
  );
  const read = readScenario({ ...(file.value as object), ...given });
  if (!read.ok) return read;
  const startedMs = performance.now();
  const result = simulate(read.scenario);
  if (!result.ok) return result;
  return { ok: true, value: scenarioReport(read.scenario, result, performance.now() - startedMs) };
}

function run(words: readonly string[]): number {
  const args = readArguments(words);
  const report = args.ok ? reportOf(args.value) : args;
  if (!args.ok || !report.ok) {
    process.stderr.write(`${report.ok ? '' : report.problems.join('\n')}\n`);
    return 1;
  }
  process.stdout.write(report.value.text);
  if (args.value.json) writeFileSync(args.value.json, `${JSON.stringify(report.value.json, null, 2)}\n`);
  if (args.value.csv) writeFileSync(args.value.csv, report.value.csv);
  return 0;
}

process.exitCode = run(process.argv.slice(2));
