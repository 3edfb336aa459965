import { describe, expect, it } from 'vitest';
import { shownPhase, waitMinutes } from './phase-words.ts';

describe('what the caller’s page says', () => {
  it('is the server’s word while the call is up', () => {
    expect(shownPhase({ step: 'up', view: { phase: 'waiting', choices: [] } })).toBe('waiting');
  });
  it('is “calling” until the server said something', () => {
    expect(shownPhase({ step: 'calling', view: undefined })).toBe('calling');
  });
  it('is the page’s own word after the end, whatever the server said last', () => {
    expect(shownPhase({ step: 'ended', view: { phase: 'talking', choices: [] } })).toBe('ended');
    expect(shownPhase({ step: 'failed', view: undefined })).toBe('failed');
  });
  it('gives the wait in whole minutes and never less than one', () => {
    expect(waitMinutes({ from: 50_000, to: 110_000 })).toEqual({ from: 1, to: 2 });
    expect(waitMinutes({ from: 5_000, to: 20_000 })).toEqual({ from: 1, to: 1 });
    expect(waitMinutes({ from: 200_000, to: 210_000 })).toEqual({ from: 3, to: 4 });
  });
});
