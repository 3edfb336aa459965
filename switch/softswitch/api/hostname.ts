import type { ApiCommand } from '../core/switch-core.ts';

/** `hostname` and `switchname`, without a line end. */
export const hostname: ApiCommand = (sw) => sw.identity.hostname;
