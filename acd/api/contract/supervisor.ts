import { z } from 'zod';
import { agentStateSchema, agentStatusSchema, channelSchema, localNameSchema, momentMsSchema } from './words.ts';

export const liveQueueSchema = z.object({
  queueId: z.string(),
  name: localNameSchema,
  waiting: z.number().int().nonnegative(),
  longestWaitMs: z.number().int().nonnegative(),
  handling: z.number().int().nonnegative(),
  agentsSignedIn: z.number().int().nonnegative(),
  agentsIdle: z.number().int().nonnegative(),
  answeredToday: z.number().int().nonnegative(),
  abandonedToday: z.number().int().nonnegative(),
  /** kpi.md `ignore-abandoned`, 0–1; absent before the first event. */
  serviceLevel: z.number().optional(),
  estimatedWaitMs: z.number().int().nonnegative().optional(),
  /** Mean absolute error and bias of the announced waits, ms; absent below 5 samples. */
  estimateError: z.object({ samples: z.number().int(), meanAbsoluteMs: z.number(), biasMs: z.number() }).optional(),
});
export type LiveQueue = z.infer<typeof liveQueueSchema>;

export const liveAgentSchema = z.object({
  agentId: z.string(),
  displayName: z.string(),
  status: agentStatusSchema,
  breakReasonId: z.string().optional(),
  state: agentStateSchema,
  sinceMs: momentMsSchema,
  phoneRegistered: z.boolean(),
  draining: z.boolean(),
  contactIds: z.array(z.string()),
  handledToday: z.number().int().nonnegative(),
  missedToday: z.number().int().nonnegative(),
});
export type LiveAgent = z.infer<typeof liveAgentSchema>;

export const liveContactSchema = z.object({
  contactId: z.string(),
  channel: channelSchema,
  state: z.enum(['flow', 'waiting', 'offered', 'handling', 'wrap-up']),
  sinceMs: momentMsSchema,
  queueId: z.string().optional(),
  agentId: z.string().optional(),
  customerName: z.string(),
  callerNumber: z.string(),
  position: z.number().int().positive().optional(),
  priority: z.number(),
});
export type LiveContact = z.infer<typeof liveContactSchema>;

/** The supervisor's whole floor; pushed when something changed, at most 4 times a second. */
export const floorSchema = z.object({
  revision: z.number().int().nonnegative(),
  serverNowMs: momentMsSchema,
  queues: z.array(liveQueueSchema),
  agents: z.array(liveAgentSchema),
  contacts: z.array(liveContactSchema),
  limits: z.array(z.enum(['switch-away', 'store-away', 'routing-away'])),
});
export type Floor = z.infer<typeof floorSchema>;

/** Why a contact still waits: the engine's own words, one reason an agent. */
export const contactExplanationSchema = z.object({
  contactId: z.string(),
  state: z.string(),
  position: z.number().int().positive().optional(),
  score: z.number().optional(),
  /** Up to 20 contacts that stand before it. */
  ahead: z.array(z.object({ contactId: z.string(), score: z.number(), waitedMs: z.number() })),
  step: z.object({ index: z.number().int(), changesAtMs: momentMsSchema.optional() }).optional(),
  /** `reason` is `<code>` or `<code>: <detail>`; `code` and `detail` are its parts. */
  agents: z.array(
    z.object({
      agentId: z.string(),
      displayName: z.string(),
      reason: z.string(),
      code: z.string().optional(),
      detail: z.string().optional(),
    }),
  ),
});
export type ContactExplanation = z.infer<typeof contactExplanationSchema>;

export const agentExplanationSchema = z.object({
  agentId: z.string(),
  /** `<reason>` or `<reason>: <what it is about>`, e.g. `on-break: voice`. */
  reasons: z.array(z.string()),
  /** The same, in parts: a reason of the agent's own per channel class, then what is passed over with how many contacts. */
  details: z
    .array(
      z.object({
        reason: z.string(),
        channelClass: z.string().optional(),
        passedOver: z.number().int().positive().optional(),
        untilMs: momentMsSchema.optional(),
      }),
    )
    .optional(),
  /** What the agent could take now, best first, at most 10. */
  couldTake: z.array(z.object({ contactId: z.string(), score: z.number() })),
});
export type AgentExplanation = z.infer<typeof agentExplanationSchema>;

export const SUPERVISOR_MODES = ['listen', 'whisper', 'barge'] as const;
export const superviseSchema = z.object({ mode: z.enum(SUPERVISOR_MODES) });
export const assignSchema = z.object({ agentId: z.string().max(60) });
export const moveSchema = z.object({ queueId: z.string().max(60) });
export const prioritySchema = z.object({ priority: z.number().min(-1_000_000).max(1_000_000) });
export const forceStatusSchema = z.object({ status: agentStatusSchema });
export const drainSchema = z.object({ drain: z.boolean() });
