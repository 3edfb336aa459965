import { findCause } from '../core/causes.ts';
import { hangUp } from '../core/hang-up.ts';
import type { Application } from '../core/switch-core.ts';

/** `hangup [CAUSE]` */
export const hangup: Application = (sw, session, data) => hangUp(sw, session, findCause(data) ?? 'NORMAL_CLEARING');
