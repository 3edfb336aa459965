export * from './fallback-synthesizer.ts';
export * from './program-synthesizer.ts';
export * from './programs.ts';
export * from './prompt-cache.ts';
export * from './synthesizer.ts';
