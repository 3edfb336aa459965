export { PALETTE, SCHEMES, type Scheme } from './palette.ts';
export { paintScheme, useScale, useScheme } from './scheme.ts';
