/** The routing engine's door. Pure: no input or output, no clock, seeded randomness. */
export * from './configuration.ts';
export * from './effects.ts';
export type { Engine, EngineOptions, EngineSnapshot } from './engine.ts';
export * from './events.ts';
export * from './state.ts';
