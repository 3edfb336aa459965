import { describe, expect, it } from 'vitest';
import { PALETTE, SCHEMES } from './palette.ts';

/** Relative luminance and contrast by WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

describe.each(SCHEMES)('the %s palette', (scheme) => {
  const colours = PALETTE[scheme];
  it.each(['text', 'text-soft', 'good', 'warn', 'bad', 'talk', 'away', 'accent'] as const)(
    'lets %s be read on every ground',
    (name) => {
      for (const ground of ['panel', 'sunken', 'ground'] as const)
        expect(contrast(colours[name], colours[ground])).toBeGreaterThanOrEqual(4.5);
    },
  );
  it.each(['good', 'warn', 'bad', 'talk', 'away'] as const)('lets %s be read on its own soft ground', (name) => {
    expect(contrast(colours[name], colours[`${name}-soft`])).toBeGreaterThanOrEqual(4.5);
  });
  it.each(['talk-soft', 'warn-soft', 'accent-soft', 'bad-soft'] as const)('lets plain text be read on %s', (ground) => {
    for (const name of ['text', 'text-soft'] as const)
      expect(contrast(colours[name], colours[ground])).toBeGreaterThanOrEqual(4.5);
  });
  it('lets a button’s label be read', () => {
    expect(contrast(colours['on-accent'], colours.accent)).toBeGreaterThanOrEqual(4.5);
  });
});
