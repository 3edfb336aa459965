import { z } from 'zod';
import { localeSchema, momentMsSchema, roleSchema } from './words.ts';

/** Names that end up in addresses and logs. */
const idSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/);
export const newPasswordSchema = z.string().min(10).max(200);

export const userAgentSchema = z.object({
  /** For ever the same; skills and queues are given in the routing configuration under this id. */
  agentId: idSchema,
  /** The user part of the agent's SIP address. */
  phoneUser: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/),
});

/** Somebody who works here. */
export const userSchema = z.object({
  userId: z.string(),
  username: z.string(),
  displayName: z.string(),
  role: roleSchema,
  locale: localeSchema,
  disabled: z.boolean(),
  agent: userAgentSchema.extend({ active: z.boolean() }).optional(),
});
export type User = z.infer<typeof userSchema>;
export const usersSchema = z.object({ items: z.array(userSchema) });

export const newUserSchema = z.object({
  username: idSchema,
  displayName: z.string().trim().min(1).max(120),
  password: newPasswordSchema,
  role: roleSchema,
  locale: localeSchema.optional(),
  agent: userAgentSchema.optional(),
});
export type NewUser = z.infer<typeof newUserSchema>;

export const editUserSchema = z
  .object({
    displayName: z.string().trim().min(1).max(120).optional(),
    role: roleSchema.optional(),
    locale: localeSchema.optional(),
    disabled: z.boolean().optional(),
    agent: userAgentSchema.optional(),
  })
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), { path: ['displayName'] });
export type EditUser = z.infer<typeof editUserSchema>;

export const resetPasswordSchema = z.object({ password: newPasswordSchema });
export const changePasswordSchema = z.object({ current: z.string().min(1).max(200), next: newPasswordSchema });

/** What other systems show as `Authorization: Bearer …`. */
export const apiTokenSchema = z.object({
  tokenId: z.string(),
  name: z.string(),
  permissions: z.array(z.string()),
  createdBy: z.string(),
  createdAtMs: momentMsSchema,
  lastUsedAtMs: momentMsSchema.optional(),
  revokedAtMs: momentMsSchema.optional(),
});
export type ApiToken = z.infer<typeof apiTokenSchema>;
export const apiTokensSchema = z.object({ items: z.array(apiTokenSchema) });

/** What a token may be allowed. Tokens take no calls and manage neither people nor tokens. */
export const TOKEN_PERMISSIONS = [
  'contacts.view-all',
  'customers.edit',
  'recordings.listen-all',
  'numbers.see',
  'floor.watch',
  'floor.act',
  'configuration.edit',
  'metrics.read',
] as const;
export const newApiTokenSchema = z.object({
  name: z.string().trim().min(1).max(80),
  permissions: z.array(z.enum(TOKEN_PERMISSIONS)).min(1).max(TOKEN_PERMISSIONS.length),
});
/** The token is said once and kept nowhere. */
export const issuedTokenSchema = z.object({ tokenId: z.string(), token: z.string() });
