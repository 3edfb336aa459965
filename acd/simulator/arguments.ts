import { parseArgs } from 'node:util';
import type { Read } from './input.ts';

export const USAGE = `Usage:
  npm run simulate -- scenario.json [--seed n] [--replications n] [--journal-out file.jsonl]
  npm run simulate -- --journal file.jsonl [--configuration other.json [--seed n] [--replications n]]
Both take [--json out.json] [--csv out.csv].`;

/** What the command was told. Exactly one of `scenario` and `journal` is there. */
export interface Arguments {
  readonly scenario?: string | undefined;
  readonly journal?: string | undefined;
  readonly configuration?: string | undefined;
  readonly journalOut?: string | undefined;
  readonly json?: string | undefined;
  readonly csv?: string | undefined;
  readonly seed?: number | undefined;
  readonly replications?: number | undefined;
}

const OPTIONS = {
  journal: { type: 'string' },
  configuration: { type: 'string' },
  'journal-out': { type: 'string' },
  json: { type: 'string' },
  csv: { type: 'string' },
  seed: { type: 'string' },
  replications: { type: 'string' },
} as const;

const BOUNDS = { seed: [0, Number.MAX_SAFE_INTEGER], replications: [1, 1_000] } as const;

/** Reads the words behind the command's name; everything wrong at once, then how it is used. */
export function readArguments(words: readonly string[]): Read<Arguments> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(words);
  } catch (fault) {
    return { ok: false, problems: [(fault as Error).message, USAGE] };
  }
  const { values, positionals } = parsed;
  const problems: string[] = [];
  const number = (name: keyof typeof BOUNDS) => {
    const text = values[name];
    const [least, most] = BOUNDS[name];
    if (text !== undefined && !(/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most))
      problems.push(`--${name}: must be a whole number from ${least} to ${most}`);
    return text === undefined ? undefined : Number(text);
  };
  const seed = number('seed');
  const replications = number('replications');
  const [scenario, ...more] = positionals;
  const { journal, configuration } = values;
  if (more.length > 0 || (scenario === undefined) === (journal === undefined))
    problems.push('name either one scenario file or --journal');
  if (configuration !== undefined && journal === undefined) problems.push('--configuration: goes with --journal');
  if (values['journal-out'] !== undefined && scenario === undefined)
    problems.push('--journal-out: goes with a scenario');
  if (problems.length > 0) return { ok: false, problems: [...problems, USAGE] };
  const files = {
    scenario,
    journal,
    configuration,
    journalOut: values['journal-out'],
    json: values.json,
    csv: values.csv,
  };
  return { ok: true, value: { ...files, seed, replications } };
}

function parse(words: readonly string[]) {
  return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
}
