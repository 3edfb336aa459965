import { afterAll, beforeAll, expect } from 'vitest';
import { until } from '../e2e/desk-page.ts';
import { askSwitch, legsUp } from './switch-under-test.ts';

/** RFC 3261 timer B: a switch may knock that long at a page which is gone. */
const KNOCKING_MS = 40_000;

// Each file starts on a switch without calls, and leaves none behind.
beforeAll(async () => {
  if ((await legsUp()) > 0) await askSwitch('hupall');
  await until('the switch has no calls', 5_000, async () => (await legsUp()) === 0);
});

afterAll(async () => {
  await until('all calls are gone from the switch', KNOCKING_MS, async () => (await legsUp()) === 0);
  expect(await legsUp()).toBe(0);
});
