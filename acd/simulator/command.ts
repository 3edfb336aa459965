import { writeFileSync } from 'node:fs';
import { readArguments } from './arguments.ts';
import { runJournal } from './journal-run.ts';
import { runScenario } from './scenario-run.ts';

/** `npm run simulate`: gives the exit code. */
function run(words: readonly string[]): number {
  const args = readArguments(words);
  const report = !args.ok ? args : args.value.scenario === undefined ? runJournal(args.value) : runScenario(args.value);
  if (!report.ok) {
    process.stderr.write(`${report.problems.join('\n')}\n`);
    return 1;
  }
  if (!args.ok) return 1;
  process.stdout.write(report.value.text);
  const files = [
    [args.value.json, `${JSON.stringify(report.value.json, null, 2)}\n`],
    [args.value.csv, report.value.csv],
  ] as const;
  return files.every(([path, text]) => path === undefined || isWritten(path, text)) ? 0 : 1;
}

function isWritten(path: string, text: string): boolean {
  try {
    writeFileSync(path, text);
    return true;
  } catch (fault) {
    process.stderr.write(`${path}: cannot be written (${(fault as NodeJS.ErrnoException).code ?? 'unknown'})\n`);
    return false;
  }
}

process.exitCode = run(process.argv.slice(2));
