import * as engine from '../index.ts';
import { historyOf, judge } from './history.ts';

/** Plays histories on the engine beside this file and prints the first broken law as one line of JSON. */
const count = Number(process.argv[2] ?? 10);
let violation: string | undefined;
for (let number = 0; number < count && violation === undefined; number++) {
  try {
    violation = judge(engine, historyOf(5_000 + number, 150)).violation;
  } catch (cause) {
    violation = `crashed: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}
process.stdout.write(`${JSON.stringify({ violation: violation ?? null })}\n`);
