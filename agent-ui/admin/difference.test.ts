import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, shortened } from './difference.ts';

const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 }).map((lines) => lines.join('\n'));

describe('the difference of two versions', () => {
  it('gives both texts back: what is not added is the old one, what is not removed the new one', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = differenceOf(before, after);
        const of = (kind: string) =>
          lines
            .filter((line) => line.kind !== kind)
            .map((line) => line.text)
            .join('\n');
        expect(of('added')).toBe(before);
        expect(of('removed')).toBe(after);
      }),
    );
  });
  it('names only the line that changed', () => {
    expect(differenceOf('a\nb\nc', 'a\nx\nc').filter((line) => line.kind !== 'same')).toEqual([
      { kind: 'removed', text: 'b' },
      { kind: 'added', text: 'x' },
    ]);
  });
  it('leaves out what is far from a change', () => {
    const many = Array.from({ length: 20 }, (_, index) => String(index));
    const short = shortened(differenceOf(many.join('\n'), many.with(10, 'x').join('\n')));
    expect(short[0]).toBeUndefined();
    expect(short.filter((line) => line === undefined).length).toBe(2);
    expect(short.length).toBe(10);
  });
});
