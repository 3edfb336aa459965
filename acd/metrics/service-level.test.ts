import { describe, expect, it } from 'vitest';
import { SERVICE_LEVELS, type ServiceLevelKind, serviceLevel } from './service-level.ts';

const percent = (value: number | undefined, digits: number) => ((value ?? Number.NaN) * 100).toFixed(digits);

describe('service level', () => {
  const long = { answered: 1_000, answeredWithin: 860, abandoned: 60, abandonedWithin: 20, shortAbandoned: 10 };
  it.each<[ServiceLevelKind, string]>([
    ['answered', '86.00'],
    ['ignore-abandoned', '82.69'],
    ['abandoned-negative', '81.13'],
    ['abandoned-positive', '83.02'],
    ['minus-short', '81.90'],
  ])('%s of 1000 answered and 60 abandoned', (kind, expected) => {
    expect(percent(serviceLevel(long, kind), 2)).toBe(expected);
  });

  const hundred = { answered: 90, answeredWithin: 70, abandoned: 10, abandonedWithin: 10, shortAbandoned: 0 };
  it.each<[ServiceLevelKind, string]>([
    ['ignore-abandoned', '77.8'],
    ['abandoned-negative', '70.0'],
    ['abandoned-positive', '80.0'],
  ])('%s of 70 in time, 10 abandoned in time, 20 late', (kind, expected) => {
    expect(percent(serviceLevel(hundred, kind), 1)).toBe(expected);
  });

  it('ignores abandons within the threshold when nothing is said', () => {
    expect(serviceLevel(long)).toBe(serviceLevel(long, 'ignore-abandoned'));
  });

  it.each(SERVICE_LEVELS)('%s of nothing is not a number of its own', (kind) => {
    const nothing = { answered: 0, answeredWithin: 0, abandoned: 0, abandonedWithin: 0, shortAbandoned: 0 };
    expect(serviceLevel(nothing, kind)).toBeUndefined();
  });
});
