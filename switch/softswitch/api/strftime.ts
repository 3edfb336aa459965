import type { ApiCommand } from '../core/switch-core.ts';
import { localStamp } from '../core/time.ts';

/** `strftime` without a format. */
export const strftime: ApiCommand = (sw) => localStamp(sw.clock.now());
