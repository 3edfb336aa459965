/** The routing engine's door. Pure: no input or output, no clock, seeded randomness. */

export { configurationProblems } from './check/configuration-check.ts';
export * from './configuration.ts';
export { createEngine, restoreEngine } from './create-engine.ts';
export * from './effects.ts';
export type { Engine, EngineOptions, EngineResult, EngineSnapshot } from './engine.ts';
export * from './events.ts';
export * from './state.ts';
