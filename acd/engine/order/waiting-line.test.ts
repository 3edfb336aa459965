import fc from 'fast-check';
import { expect, it } from 'vitest';
import { goesBefore, placeKey, type Scored } from './score.ts';
import { WaitingLine } from './waiting-line.ts';

const contact = fc.record({
  base: fc.integer({ min: -3, max: 3 }).map((points) => points * 60_000),
  gain: fc.constantFrom(0, 1, 10),
  cap: fc.constantFrom(-1, 60_000, 300_000),
  firstEnqueuedMs: fc.nat({ max: 600_000 }),
  removed: fc.boolean(),
});

it('is in score order at every moment, whatever ages how, and knows every place', () => {
  fc.assert(
    fc.property(fc.array(contact, { maxLength: 1_200, size: 'max' }), fc.nat({ max: 2_000_000 }), (drawn, later) => {
      const nowMs = 600_000 + later;
      const line = new WaitingLine<Scored & { key: number }>();
      const contacts = drawn.map((entry, order) => ({ ...entry, order, key: placeKey({ ...entry, order }) }));
      for (const entry of contacts) line.add(entry);
      for (const entry of contacts) if (entry.removed) expect(line.remove(entry)).toBe(true);
      const left = contacts.filter((entry) => !entry.removed).sort((a, b) => (goesBefore(a, b, nowMs) ? -1 : 1));
      expect(line.all(nowMs)).toEqual(left);
      expect(line.best(nowMs)).toBe(left[0]);
      for (let place = 0; place < left.length; place += 37) expect(line.countBefore(left[place]!, nowMs)).toBe(place);
    }),
    { numRuns: 25 },
  );
});
