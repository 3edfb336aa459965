import type { History } from './history.ts';
import { historyOf } from './history.ts';

/** Histories that once broke a law. Each is played again on every run; what it found is said beside it. */
export const REGRESSIONS: readonly { readonly history: History; readonly found: string }[] = [
  { history: historyOf(69, 200), found: 'forcing an agent to a break gave up the contacts held for them' },
  { history: historyOf(8, 200), found: 'a callback moved to another queue must stay away from matching' },
  { history: historyOf(26, 200), found: 'relaxation after a preferred agent was given up' },
  { history: historyOf(1, 200), found: 'a restored engine gave its snapshot in another order' },
  { history: historyOf(0, 200), found: 'points raised by relaxation are kept by a callback' },
];
