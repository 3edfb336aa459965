import type { ApiCommand } from '../core/switch-core.ts';

/** `echo TEXT` */
export const echo: ApiCommand = (_sw, argument) => argument;
