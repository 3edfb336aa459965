import { z } from 'zod';
import { momentMsSchema } from './words.ts';

/** One version of the routing configuration. The body's own schema is the engine's. */
export const configurationVersionSchema = z.object({
  version: z.number().int().positive(),
  createdAtMs: momentMsSchema,
  createdBy: z.string(),
  note: z.string(),
  active: z.boolean(),
});
export type ConfigurationVersion = z.infer<typeof configurationVersionSchema>;

export const configurationProblemSchema = z.object({ path: z.string(), message: z.string() });
export const configurationCheckSchema = z.object({ valid: z.boolean(), problems: z.array(configurationProblemSchema) });
export const changeConfigurationSchema = z.object({
  /** The version that the change starts from; refused if it is not the active one any more. */
  baseVersion: z.number().int().nonnegative(),
  note: z.string().max(400),
  configuration: z.record(z.string(), z.unknown()),
  /** For each removed queue with waiting contacts: the queue they go to. */
  moveContacts: z.record(z.string(), z.string()).optional(),
});

export const activeVersionSchema = z.object({ version: z.number().int().positive() });
export const wholeConfigurationSchema = z.object({
  version: z.number().int(),
  configuration: z.record(z.string(), z.unknown()),
});
