import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as engine from '../index.ts';
import { VERBS } from '../verbs/verbs.ts';
import { historyOf, judge } from './history.ts';
import { REGRESSIONS } from './seeds.ts';

const natural = fc.nat({ max: 99 });
const step = fc.record({ kind: fc.nat({ max: 27 }), a: natural, b: natural, c: natural });
const history = fc.record({
  world: fc.nat({ max: 1_000_000 }),
  seed: fc.nat({ max: 1_000_000 }),
  steps: fc.array(step, { minLength: 1, maxLength: 120, size: 'max' }),
});

describe('the six laws of routing', () => {
  it('hold over random histories with every strategy and feature', () => {
    fc.assert(
      fc.property(history, (drawn) => {
        expect(judge(engine, drawn).violation).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('hold over long histories of thousands of events, in which every kind of event is accepted', () => {
    const accepted: Record<string, number> = {};
    for (let number = 1_000; number < 1_040; number++) {
      const verdict = judge(engine, historyOf(number, 250));
      expect(verdict.violation, `history ${number}`).toBeUndefined();
      for (const [type, count] of Object.entries(verdict.accepted)) accepted[type] = (accepted[type] ?? 0) + count;
    }
    expect(Object.keys(VERBS).filter((type) => !accepted[type])).toEqual([]);
  }, 60_000);

  it.each(REGRESSIONS)('hold again where they once broke: $found', ({ history: past }) => {
    expect(judge(engine, past).violation).toBeUndefined();
  });
});
