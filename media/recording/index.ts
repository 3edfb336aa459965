export * from './byte-range.ts';
export * from './growing-wav.ts';
export * from './wav-info.ts';
