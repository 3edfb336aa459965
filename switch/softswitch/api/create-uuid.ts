import { randomUUID } from 'node:crypto';
import type { ApiCommand } from '../core/switch-core.ts';

/** `create_uuid`: a new id, without a line end. */
export const createUuid: ApiCommand = () => randomUUID();
