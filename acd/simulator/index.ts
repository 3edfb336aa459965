/** The routing engine in virtual time: scenarios, replays of a journal, and "what if". */
export { type CompareOptions, type Comparison, compare, countJournal, type Recorded } from './compare.ts';
export { type Control, type Estimate, estimateOf } from './confidence.ts';
export { exportJournal } from './export-journal.ts';
export { headLine, type Journal, type JournalHead, type JournalLine, journalLine, readJournalFile } from './journal.ts';
export { MEASURES, type Measure } from './measures.ts';
export type { Answer, Customer, Leg, Plan } from './plan.ts';
export { type Played, play, type Watcher } from './play.ts';
export { readScenario, type ScenarioOutcome } from './read-scenario.ts';
export { type Replayed, replay } from './replay.ts';
export { type Scenario, scenarioSchema } from './scenario.ts';
export { type Simulated, type Simulation, simulate } from './simulate.ts';
export { type CountValues, type Estimates, type Summary, summarize, type Values, valuesOf } from './summary.ts';
export { type Count, Counter, type Span, type Tally } from './tally.ts';
