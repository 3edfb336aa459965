import { z } from 'zod';
import { localeSchema, momentMsSchema, roleSchema } from './words.ts';

export const signInSchema = z.object({ username: z.string().min(1).max(80), password: z.string().min(1).max(200) });
export type SignIn = z.infer<typeof signInSchema>;

export const meSchema = z.object({
  userId: z.string(),
  username: z.string(),
  displayName: z.string(),
  role: roleSchema,
  locale: localeSchema,
  /** Set when the user also takes contacts. */
  agentId: z.string().optional(),
});
export type Me = z.infer<typeof meSchema>;

export const preferencesSchema = z.object({ locale: localeSchema });

/** What a page may know before anybody signed in. */
export const welcomeSchema = z.object({
  product: z.literal('Tandem'),
  companyName: z.string(),
  defaultLocale: localeSchema,
  /** The number that the caller page dials. */
  entryNumber: z.string(),
  /** Where any SIP phone can call, e.g. `sip:4000@127.0.0.1:5080`. */
  sipAddress: z.string(),
  /** True on a fresh machine: the sign-in page then shows the seeded names. */
  demo: z.boolean(),
  /** The seeded users, said only while `demo` is true. */
  demoUsers: z.array(z.object({ username: z.string(), password: z.string(), role: roleSchema })).optional(),
});
export type Welcome = z.infer<typeof welcomeSchema>;

/** Credentials of a browser phone for one shift or one call. The password dies with it. */
export const phoneCredentialsSchema = z.object({
  /** SIP over WebSocket address of the switch. */
  webSocketUrl: z.string(),
  domain: z.string(),
  user: z.string(),
  password: z.string(),
  expiresAtMs: momentMsSchema,
});
export type PhoneCredentials = z.infer<typeof phoneCredentialsSchema>;

/** Answer to the caller page's wish to call. */
export const callerSessionSchema = z.object({
  callerSessionId: z.string(),
  /** Shown to the socket namespace `/caller` to hear how the call goes. */
  token: z.string(),
  phone: phoneCredentialsSchema,
  /** What to dial. */
  number: z.string(),
});
export type CallerSession = z.infer<typeof callerSessionSchema>;

export const startCallerSessionSchema = z.object({
  displayName: z.string().max(80).optional(),
  locale: localeSchema.optional(),
});
