import { VERSION } from '../core/identity.ts';
import type { ApiCommand } from '../core/switch-core.ts';

/** `version [short]` */
export const version: ApiCommand = (_sw, argument) =>
  argument.trim() === 'short' ? '1.10.12\n' : `FreeSWITCH Version ${VERSION.long} (${VERSION.human})\n`;
