import { expect, it } from 'vitest';
import { maskNumber } from './mask-number.ts';

it.each([
  ['13800001234', '138****1234'],
  ['+8613800001234', '138****1234'],
  ['+442071838750', '+44****8750'],
  ['4000', '4000'],
  ['guest-0011223344556677', 'guest-0011223344556677'],
])('shows %s as %s', (number, shown) => {
  expect(maskNumber(number)).toBe(shown);
});
