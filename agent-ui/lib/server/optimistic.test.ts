import { describe, expect, it } from 'vitest';
import { type Expectation, settle, withExpectations } from './optimistic.ts';
import { networkBars } from './ping.ts';

interface Shown {
  readonly status: string;
  readonly held: boolean;
}
const toBreak: Expectation<Shown> = { id: 1, apply: (state) => ({ ...state, status: 'break' }) };
const hold: Expectation<Shown> = { id: 2, apply: (state) => ({ ...state, held: true }), settledAtRevision: 7 };

describe('changes that are shown before the server confirmed them', () => {
  it('lie over the server’s state in the order they were made', () => {
    expect(withExpectations({ status: 'available', held: false }, [toBreak, hold])).toEqual({
      status: 'break',
      held: true,
    });
  });
  it('stay while the server has not answered, however many states arrive', () => {
    expect(settle([toBreak], 99)).toEqual([toBreak]);
  });
  it('go once the server said yes and sent a newer state', () => {
    expect(settle([toBreak, hold], 7)).toEqual([toBreak, hold]);
    expect(settle([toBreak, hold], 8)).toEqual([toBreak]);
  });
});

describe('the network light', () => {
  it('has no bar without a connection and four on a fast one', () => {
    expect(networkBars(false, 20)).toBe(0);
    expect([20, 150, 350, 900].map((roundTripMs) => networkBars(true, roundTripMs))).toEqual([4, 3, 2, 1]);
    expect(networkBars(true, undefined)).toBe(1);
  });
});
