import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { holdLease, type LeaseState } from './lease.ts';

/** Web Locks as the specification has them, for one name: a queue, abort, and steal. */
function fakeLocks() {
  type Held = { end: () => void; stolen: (cause: Error) => void };
  let held: Held | undefined;
  const queue: (() => void)[] = [];
  const next = () => queue.shift()?.();
  const request = (_name: string, options: { signal?: AbortSignal; steal?: boolean }, work: () => Promise<void>) =>
    new Promise<void>((resolve, reject) => {
      const take = () => {
        if (options.signal?.aborted) return next();
        const mine: Held = {
          end() {
            if (held === mine) held = undefined;
            resolve();
            next();
          },
          stolen: reject,
        };
        held = mine;
        void work().then(mine.end);
      };
      options.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      if (options.steal) {
        held?.stolen(new Error('stolen'));
        take();
      } else if (held) queue.push(take);
      else take();
    });
  return { request } as unknown as LockManager;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function tab(locks: LockManager) {
  const said: LeaseState[] = [];
  return { said, lease: holdLease('phone', (state) => said.push(state), locks) };
}
const settle = () => vi.advanceTimersByTimeAsync(700);

it('gives the phone to one tab, and to the next when the first closes', async () => {
  const locks = fakeLocks();
  const first = tab(locks);
  const second = tab(locks);
  await settle();
  expect([first.said.at(-1), second.said.at(-1)]).toEqual(['held', 'elsewhere']);
  first.lease.close();
  await settle();
  expect(second.said.at(-1)).toBe('held');
});

it('lets a tab take the phone over, and back', async () => {
  const locks = fakeLocks();
  const first = tab(locks);
  const second = tab(locks);
  await settle();
  second.lease.takeOver();
  await settle();
  expect([first.said.at(-1), second.said.at(-1)]).toEqual(['elsewhere', 'held']);
  first.lease.takeOver();
  await settle();
  expect([first.said.at(-1), second.said.at(-1)]).toEqual(['held', 'elsewhere']);
});

it('gives every tab its own phone where there are no locks', () => {
  const said: LeaseState[] = [];
  holdLease('phone', (state) => said.push(state), undefined as unknown as LockManager).close();
  expect(said.at(-1)).toBe('held');
});
