import { z } from 'zod';
import {
  agentStateSchema,
  agentStatusSchema,
  channelSchema,
  localNameSchema,
  momentMsSchema,
  outcomeSchema,
} from './words.ts';

export const customerCardSchema = z.object({
  customerId: z.string(),
  displayName: z.string(),
  vip: z.boolean(),
  tags: z.array(z.string()),
  numbers: z.array(z.string()),
  notes: z.string(),
});
export type CustomerCard = z.infer<typeof customerCardSchema>;

/** One step that the caller took before reaching a person. */
export const pathStepSchema = z.object({ atMs: momentMsSchema, label: localNameSchema, value: z.string().optional() });
export type PathStep = z.infer<typeof pathStepSchema>;

/** How far a question to a second party has come. */
export const CONSULT_STATES = ['ringing', 'talking', 'conference'] as const;
const consultStateSchema = z.enum(CONSULT_STATES);

/** Where a contact of this agent stands. */
export const DESK_CONTACT_STATES = ['ringing', 'connecting', 'talking', 'held', 'wrap-up'] as const;
export const deskContactSchema = z.object({
  contactId: z.string(),
  channel: channelSchema,
  state: z.enum(DESK_CONTACT_STATES),
  /** Since when it is in that state. */
  sinceMs: momentMsSchema,
  queueId: z.string().optional(),
  queueName: localNameSchema.optional(),
  customer: customerCardSchema,
  /** The caller's number, masked unless the agent may see it. */
  callerNumber: z.string(),
  /** Why the customer calls: the way through the menu. */
  path: z.array(pathStepSchema),
  reason: localNameSchema.optional(),
  /** How long it waited before it rang here. */
  waitedMs: z.number().int().nonnegative(),
  offer: z.object({ offerId: z.string(), expiresAtMs: momentMsSchema }).optional(),
  talkStartedAtMs: momentMsSchema.optional(),
  /** `off` where nothing is recorded, `paused` while silence is written. */
  recording: z.enum(['off', 'on', 'paused']),
  wrapUp: z
    .object({
      endsAtMs: momentMsSchema,
      extensionsLeft: z.number().int().nonnegative(),
      dispositionId: z.string().optional(),
      notes: z.string(),
    })
    .optional(),
  /** The SIP header value by which the page knows the call on its phone: `X-Tandem-Contact`. */
  phoneCallKey: z.string(),
  /** True while a consultation call of this contact is up. */
  consulting: z.boolean(),
  /** Whom this agent asks about the contact, before or instead of a transfer. */
  consult: z.object({ state: consultStateSchema, name: z.string(), sinceMs: momentMsSchema }).optional(),
  /** Set when the contact is another agent's, who asks this one about it. Its call rings and talks, but has no offer and no wrap-up. */
  askedBy: z.object({ agentId: z.string(), name: z.string(), state: consultStateSchema }).optional(),
});
export type DeskContact = z.infer<typeof deskContactSchema>;

export const queueSummarySchema = z.object({
  queueId: z.string(),
  name: localNameSchema,
  waiting: z.number().int().nonnegative(),
  longestWaitMs: z.number().int().nonnegative(),
});
export type QueueSummary = z.infer<typeof queueSummarySchema>;

/** Everything the agent's page shows, whole each time: a newer `revision` replaces an older one. */
export const deskSchema = z.object({
  revision: z.number().int().nonnegative(),
  serverNowMs: momentMsSchema,
  agentId: z.string(),
  onShift: z.boolean(),
  status: agentStatusSchema,
  breakReasonId: z.string().optional(),
  statusSinceMs: momentMsSchema,
  state: agentStateSchema,
  /** The switch has the agent's phone registered. Without it nothing is offered. */
  phoneRegistered: z.boolean(),
  contacts: z.array(deskContactSchema),
  queues: z.array(queueSummarySchema),
  today: z.object({
    handled: z.number().int().nonnegative(),
    averageHandleMs: z.number().int().nonnegative(),
    missed: z.number().int().nonnegative(),
  }),
  /** Said when the contact center works with limits, e.g. the database or the switch is away. */
  limits: z.array(z.enum(['switch-away', 'store-away', 'routing-away'])),
});
export type Desk = z.infer<typeof deskSchema>;

export const setStatusSchema = z.object({ status: agentStatusSchema, breakReasonId: z.string().max(60).optional() });

/** Where a contact can be sent to. */
export const transferTargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queue'), queueId: z.string().max(60) }),
  z.object({ kind: z.literal('agent'), agentId: z.string().max(60) }),
  z.object({ kind: z.literal('number'), number: z.string().regex(/^\+?[0-9*#]{2,20}$/) }),
  z.object({ kind: z.literal('flow'), flowId: z.string().max(60) }),
]);
export type TransferTarget = z.infer<typeof transferTargetSchema>;
export const transferSchema = z.object({ target: transferTargetSchema });
/** Whom an agent can ask while the caller hears music. */
export const consultSchema = z.object({
  target: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('agent'), agentId: z.string().max(60) }),
    z.object({ kind: z.literal('number'), number: z.string().regex(/^\+?[0-9*#]{2,20}$/) }),
  ]),
});
export const digitsSchema = z.object({ digits: z.string().regex(/^[0-9*#]{1,32}$/) });
export const wrapUpSchema = z.object({
  dispositionId: z.string().max(60).optional(),
  notes: z.string().max(4000).optional(),
  /** Ends the wrap-up when true; otherwise only saves. */
  done: z.boolean(),
});

export const dispositionSchema = z.object({ dispositionId: z.string(), name: localNameSchema });
export type Disposition = z.infer<typeof dispositionSchema>;
/** `system` reasons are set by the server (missed calls, a phone that is gone) and cannot be chosen. */
export const breakReasonSchema = z.object({ breakReasonId: z.string(), name: localNameSchema, system: z.boolean() });
export type BreakReason = z.infer<typeof breakReasonSchema>;

/** Whom and what an agent can transfer to, and the words for status and disposition. */
export const directorySchema = z.object({
  agents: z.array(
    z.object({
      agentId: z.string(),
      displayName: z.string(),
      status: agentStatusSchema,
      state: agentStateSchema,
    }),
  ),
  queues: z.array(queueSummarySchema),
  flows: z.array(z.object({ flowId: z.string(), name: localNameSchema })),
  dispositions: z.array(dispositionSchema),
  breakReasons: z.array(breakReasonSchema),
});
export type Directory = z.infer<typeof directorySchema>;

/** A stay in one queue or with one agent. */
export const segmentSchema = z.object({
  segmentId: z.string(),
  kind: z.enum(['flow', 'queue', 'agent', 'outside', 'voicemail']),
  queueId: z.string().optional(),
  agentId: z.string().optional(),
  agentName: z.string().optional(),
  startedAtMs: momentMsSchema,
  endedAtMs: momentMsSchema.optional(),
  waitMs: z.number().int().nonnegative(),
  ringMs: z.number().int().nonnegative(),
  talkMs: z.number().int().nonnegative(),
  holdMs: z.number().int().nonnegative(),
  wrapUpMs: z.number().int().nonnegative(),
  outcome: z.string().optional(),
});
export type Segment = z.infer<typeof segmentSchema>;

export const recordingSchema = z.object({
  recordingId: z.string(),
  startedAtMs: momentMsSchema,
  durationMs: z.number().int().nonnegative(),
  /** `cut-short` and `missing` are said to the user, never hidden. */
  state: z.enum(['recording', 'complete', 'cut-short', 'missing']),
  kind: z.enum(['conversation', 'voicemail']),
});
export type Recording = z.infer<typeof recordingSchema>;

/** One line of a customer's timeline, and of the agent's list of today. */
export const contactSummarySchema = z.object({
  contactId: z.string(),
  channel: channelSchema,
  direction: z.enum(['inbound', 'outbound']),
  startedAtMs: momentMsSchema,
  endedAtMs: momentMsSchema.optional(),
  outcome: outcomeSchema.optional(),
  queueName: localNameSchema.optional(),
  agentName: z.string().optional(),
  customerId: z.string(),
  customerName: z.string(),
  callerNumber: z.string(),
  talkMs: z.number().int().nonnegative(),
  dispositionName: localNameSchema.optional(),
  notes: z.string(),
  recordings: z.array(recordingSchema),
});
export type ContactSummary = z.infer<typeof contactSummarySchema>;

export const contactDetailSchema = contactSummarySchema.extend({
  path: z.array(pathStepSchema),
  segments: z.array(segmentSchema),
  customer: customerCardSchema,
});
export type ContactDetail = z.infer<typeof contactDetailSchema>;

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });
export const contactPageSchema = pageOf(contactSummarySchema);
export type ContactPage = z.infer<typeof contactPageSchema>;

export const editCustomerSchema = z.object({
  displayName: z.string().min(1).max(120).optional(),
  notes: z.string().max(8000).optional(),
  tags: z.array(z.string().min(1).max(40)).max(50).optional(),
  vip: z.boolean().optional(),
});
