import { z } from 'zod';

/** Languages of pages, prompts and sentences. */
export const LOCALES = ['zh-CN', 'en'] as const;
export const localeSchema = z.enum(LOCALES);
export type Locale = z.infer<typeof localeSchema>;

/** What a user may do, widest last. */
export const ROLES = ['agent', 'quality', 'supervisor', 'administrator'] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

/** The kinds of engagement. */
export const CHANNELS = ['voice', 'chat', 'email', 'social', 'sms', 'callback', 'ticket'] as const;
export const channelSchema = z.enum(CHANNELS);
export type Channel = z.infer<typeof channelSchema>;

/** What an agent chose. Never the same field as the state. */
export const AGENT_STATUSES = ['available', 'break', 'offline'] as const;
export const agentStatusSchema = z.enum(AGENT_STATUSES);
export type AgentStatus = z.infer<typeof agentStatusSchema>;

/** What the engine knows of an agent's slot. */
export const AGENT_STATES = ['idle', 'offered', 'handling', 'wrap-up'] as const;
export const agentStateSchema = z.enum(AGENT_STATES);
export type AgentState = z.infer<typeof agentStateSchema>;

/** How a contact's stay in a queue, or the contact itself, ended. */
export const OUTCOMES = [
  'answered',
  'abandoned',
  'short-abandoned',
  'overflowed',
  'timed-out',
  'callback-taken',
  'voicemail',
  'closed',
  'blocked',
  'withdrawn',
] as const;
export const outcomeSchema = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof outcomeSchema>;

/** A name in both languages, as an administrator wrote it. */
export const localNameSchema = z.object({ 'zh-CN': z.string().min(1).max(120), en: z.string().min(1).max(120) });
export type LocalName = z.infer<typeof localNameSchema>;

/** Moments are milliseconds since 1970 by the server's clock; spans are milliseconds. */
export const momentMsSchema = z.number().int().nonnegative();

/** The body of every refused request. */
export const problemSchema = z.object({
  code: z.string(),
  /** The sentence in the user's language: what happened and what to do. */
  message: z.string(),
  /** Which fields are wrong, where fields are. */
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** Why the present state does not allow it, as a word, e.g. `already-ended`. */
  reason: z.string().optional(),
  /** Number under which the log has the rest. */
  requestId: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

export const doneSchema = z.object({ ok: z.literal(true) });
