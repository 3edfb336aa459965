import { expect, it } from 'vitest';
import type { Floor } from '../../acd/api/contract/index.ts';
import { createQueueHistory } from './history.ts';

const floor = (serverNowMs: number, waiting: number) =>
  ({ serverNowMs, queues: [{ queueId: 'q', waiting }] }) as unknown as Floor;

it('keeps the highest of each half minute and no more than an hour', () => {
  const history = createQueueHistory();
  history.take(floor(0, 1));
  history.take(floor(10_000, 7));
  history.take(floor(20_000, 2));
  history.take(floor(30_000, 3));
  expect(history.of('q')).toEqual([7, 3]);
  for (let minute = 1; minute < 100; minute += 1) history.take(floor(minute * 60_000, minute));
  expect(history.of('q').length).toBeLessThanOrEqual(120);
  expect(history.of('q').at(-1)).toBe(99);
  expect(history.of('unknown')).toEqual([]);
});
