import fc from 'fast-check';

/**
 * Continuous integration draws the same cases each time, so that a change is judged and not its luck. `FUZZ_SEED=random` draws new
 * ones; a number repeats a failure that was found so, which then belongs into a test of its own.
 */
const given = process.env.FUZZ_SEED ?? '20261122';
if (given !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(given) });
