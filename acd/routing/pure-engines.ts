import { CodedError } from '../../config/errors.ts';
import { type Configuration, configurationProblems, createEngine, restoreEngine } from '../engine/index.ts';
import type { EngineFactory } from './engine-factory.ts';

const NOTHING_CONFIGURED: Configuration = { version: 0, queues: [] };

/** The routing engine itself. */
export const pureEngines: EngineFactory = {
  create: (domain) => engineOf(createEngine(NOTHING_CONFIGURED, { seed: seedOf(domain) })),
  restore: (snapshot) => engineOf(restoreEngine(snapshot)),
  check: (configuration) => configurationProblems(configuration),
};

function engineOf(result: ReturnType<typeof createEngine>) {
  if (result.ok) return result.engine;
  throw new CodedError('store.migration', { problem: result.problems[0] });
}

/** FNV-1a: a seed that follows from the domain's name, since a replay from the beginning must draw the same lots. */
function seedOf(domain: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(domain)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
