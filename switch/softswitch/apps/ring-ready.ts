import { ringReady as ring } from '../core/ring-ready.ts';
import type { Application } from '../core/switch-core.ts';

/** Tells the caller that it rings. */
export const ringReady: Application = (sw, session) => ring(sw, session);
