import { park as parkLeg } from '../core/park.ts';
import type { Application } from '../core/switch-core.ts';

/** Keeps the leg until it is asked elsewhere. */
export const park: Application = (sw, session) => parkLeg(sw, session);
