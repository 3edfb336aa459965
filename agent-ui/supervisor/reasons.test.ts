import { expect, it } from 'vitest';
import en from '../lib/i18n/en.json' with { type: 'json' };
import { ENGINE_REASONS, splitReason } from './reasons.ts';

it('has a sentence for every reason that the engine gives', () => {
  expect(ENGINE_REASONS.filter((reason) => !(reason in en.reason))).toEqual([]);
});
it('splits a code from what it is about', () => {
  expect(splitReason('skills')).toEqual({ code: 'skills', detail: undefined });
  expect(splitReason('skills: refund')).toEqual({ code: 'skills', detail: 'refund' });
  expect(splitReason('capacity-full (1/1 voice)')).toEqual({ code: 'capacity-full', detail: '1/1 voice' });
});
