import { setVariable } from '../core/channel.ts';
import type { Application } from '../core/switch-core.ts';

/** `unset NAME` */
export const unset: Application = (_sw, session, data) => setVariable(session.channel, data.trim(), undefined);
