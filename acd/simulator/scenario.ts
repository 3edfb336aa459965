import { z } from 'zod';
import { CHANNEL_CLASSES, CHANNELS, ENGINE_LIMITS } from '../engine/index.ts';
import { SERVICE_LEVEL_THRESHOLD_MS } from '../metrics/index.ts';
import { configurationSchema, requirementSchema } from '../routing/index.ts';
import { arrivalsSchema } from './arrivals.ts';
import { distributionSchema, LONGEST_MS } from './distribution.ts';

const id = z.string().min(1).max(ENGINE_LIMITS.idLength);
/** Names become part of ids. */
const name = z.string().min(1).max(64);
const share = z.number().min(0).max(1);
const slots = z.number().int().min(0).max(100);
const ms = z.number().int().min(0).max(LONGEST_MS);

/** How agents meet an offer; what is in neither share is accepted after `delay`. */
const answering = z.strictObject({
  delay: distributionSchema.default({ kind: 'fixed', ms: 0 }),
  /** Share of offers that ring until they time out (RONA). */
  noAnswerShare: share.default(0),
  declineShare: share.default(0),
});

/** Times are counted from the start of the scenario. The breaks of a group are spread evenly over `spreadMs`, so that not all leave at once. */
const shift = z.strictObject({
  fromMs: ms,
  toMs: ms,
  breaks: z
    .array(
      z.strictObject({
        atMs: ms,
        forMs: z.number().int().min(1).max(LONGEST_MS),
        reason: id.exactOptional(),
        spreadMs: ms.default(0),
      }),
    )
    .max(20)
    .default([]),
});

const agentGroup = z.strictObject({
  name,
  count: z.number().int().min(1).max(ENGINE_LIMITS.agents),
  skills: z.record(id, z.number().int().min(1).max(10)).exactOptional(),
  queues: z
    .array(
      z.strictObject({
        queueId: id,
        tier: z.number().int().exactOptional(),
        rank: z.number().int().exactOptional(),
        reserve: z.boolean().exactOptional(),
      }),
    )
    .min(1)
    .max(1_000),
  groups: z.array(id).max(100).exactOptional(),
  capacity: z
    .strictObject({
      slots: z.strictObject({ voice: slots, chat: slots, email: slots }),
      blockedBy: z.strictObject({
        voice: z.array(z.enum(CHANNEL_CLASSES)),
        chat: z.array(z.enum(CHANNEL_CLASSES)),
        email: z.array(z.enum(CHANNEL_CLASSES)),
      }),
    })
    .exactOptional(),
  weight: z.number().positive().exactOptional(),
  /** Absent: the whole time. */
  shifts: z.array(shift).min(1).max(100).exactOptional(),
  answering: z.partialRecord(z.enum(CHANNEL_CLASSES), answering).default({}),
});

const contactType = z.strictObject({
  name,
  queueId: id,
  channel: z.enum(CHANNELS),
  alsoQueues: z.array(id).max(20).exactOptional(),
  priority: z.number().int().exactOptional(),
  requirement: requirementSchema.exactOptional(),
  segment: id.exactOptional(),
  arrivals: arrivalsSchema,
  handling: distributionSchema,
  /** Absent: these customers wait for ever. */
  patience: distributionSchema.exactOptional(),
  /** Absent: as long as the queue gives. */
  wrapUp: distributionSchema.exactOptional(),
  transfer: z.strictObject({ share, queueId: id, handling: distributionSchema }).exactOptional(),
  /** `share` of those who still wait after `afterMs` take a callback; dialled, `answeredShare` of them pick up. */
  callback: z
    .strictObject({
      share,
      afterMs: ms,
      mode: z.enum(['agent-first', 'customer-first']),
    })
    .exactOptional(),
});

/** The form of a scenario file. What its parts mean together is checked by `readScenario`. */
export const scenarioSchema = z.strictObject({
  name: z.string().min(1).max(200),
  description: z.string().max(2_000).exactOptional(),
  seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(1),
  replications: z.number().int().min(1).max(1_000).default(10),
  /** Virtual time of the start; calendars look at it. */
  startsAt: z.iso.datetime({ offset: true }).default('2026-01-05T00:00:00Z'),
  /** Contacts arrive for so long. */
  durationMs: z.number().int().min(1_000).max(LONGEST_MS),
  /** What begins before is simulated and not counted: an empty centre is not a usual one. */
  warmUpMs: ms.default(0),
  /** What still runs at the end may go on for so long. */
  drainMs: ms.default(14_400_000),
  /** Figures by interval of this length; absent: none. */
  intervalMs: z.number().int().min(60_000).max(LONGEST_MS).exactOptional(),
  serviceLevelThresholdMs: ms.default(SERVICE_LEVEL_THRESHOLD_MS),
  /** As for the live server, without agents: those are the groups here. */
  configuration: configurationSchema,
  agentGroups: z.array(agentGroup).min(1).max(1_000),
  contactTypes: z.array(contactType).min(1).max(1_000),
  callbacks: z
    .strictObject({
      answeredShare: share.default(1),
      dialling: distributionSchema.default({ kind: 'fixed', ms: 10_000 }),
    })
    .default({ answeredShare: 1, dialling: { kind: 'fixed', ms: 10_000 } }),
  /** Agents who were put on break for not answering come back after this time. */
  returnAfterMs: ms.default(60_000),
});
export type Scenario = z.infer<typeof scenarioSchema>;
export type AgentGroup = Scenario['agentGroups'][number];
export type ContactType = Scenario['contactTypes'][number];
export type Answering = z.infer<typeof answering>;
