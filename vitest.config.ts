import { defineConfig } from 'vitest/config';

/**
 * Three projects, slowest last: `unit` is pure and parallel; `int` uses real services and sockets, one file at a time per worker;
 * `e2e` drives phones and a browser and runs alone, because two calls' timing would disturb each other. `freeswitch` is `e2e` once more and
 * then some beside a FreeSWITCH that somebody started (tests/freeswitch/README.md); it is not part of `npm test`.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{config,media,switch,acd,agent-ui,tests}/**/*.test.ts'],
          exclude: ['**/*.int.test.ts', '**/*.e2e.test.ts', '**/*.fs.test.ts', '**/node_modules/**'],
          setupFiles: ['tests/fuzz-seed.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'int',
          setupFiles: ['tests/fuzz-seed.ts'],
          include: ['{config,media,switch,acd,agent-ui,tests}/**/*.int.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/**/*.e2e.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'freeswitch',
          env: { TEST_SWITCH: 'freeswitch' },
          include: ['tests/e2e/*.e2e.test.ts', 'tests/load/fifty-calls.e2e.test.ts', 'tests/freeswitch/*.fs.test.ts'],
          // It kills the embedded switch and is told where that runs.
          exclude: ['tests/e2e/operator.e2e.test.ts'],
          setupFiles: ['tests/freeswitch/leaves-nothing-behind.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
