import type { Configuration } from '../engine/index.ts';
import { configurationSchema } from './configuration-schema.ts';
import type { EngineFactory } from './engine-factory.ts';

/** One thing that is wrong: `path` is the place, as in `queues[2].relaxation[0].afterMs`; empty for the whole. */
export interface ConfigurationProblem {
  readonly path: string;
  readonly message: string;
}

export type CheckedConfiguration =
  | { readonly kind: 'valid'; readonly configuration: Configuration }
  | { readonly kind: 'invalid'; readonly problems: readonly ConfigurationProblem[] };

/** The most problems that are listed. */
const PROBLEM_LIMIT = 200;

/** Looks at the configuration as a whole and lists everything that is wrong: form (zod) and meaning (the engine's own check). */
export function checkConfiguration(input: unknown, engines: Pick<EngineFactory, 'check'>): CheckedConfiguration {
  const parsed = configurationSchema.safeParse(input);
  const formal = (parsed.error?.issues ?? []).map((issue) => ({ path: placeOf(issue.path), message: issue.message }));
  const whole = typeof input === 'object' && input !== null ? { version: 0, ...input } : input;
  const meant = engines.check(parsed.data ?? whole).map(splitProblem);
  const known = new Set(formal.map((problem) => problem.path));
  const problems = [...formal, ...meant.filter((problem) => !known.has(problem.path))];
  if (problems.length > 0 || !parsed.success) return { kind: 'invalid', problems: problems.slice(0, PROBLEM_LIMIT) };
  return { kind: 'valid', configuration: parsed.data };
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (place, key) =>
      typeof key === 'number' ? `${place}[${key}]` : place === '' ? String(key) : `${place}.${String(key)}`,
    '',
  );
}

/** The engine writes `place: what is right`, or the place alone. */
function splitProblem(text: string): ConfigurationProblem {
  const cut = text.indexOf(': ');
  return cut < 0 ? { path: text, message: 'is not valid' } : { path: text.slice(0, cut), message: text.slice(cut + 2) };
}
