import { z } from 'zod';
import {
  CHANNEL_CLASSES,
  CHANNELS,
  type Configuration,
  ENGINE_LIMITS,
  ESTIMATORS,
  type Requirement,
} from '../engine/index.ts';

/**
 * The form of a routing configuration as it comes from outside: every key known, every value of its type, every list bounded.
 * What values mean together (ranges, names that must exist) is the engine's own check.
 */

const id = z.string().min(1).max(ENGINE_LIMITS.idLength);
const whole = z.number().int();
const ms = whole.min(0);
const perClass = <T extends z.ZodType>(value: T) =>
  z.strictObject(
    Object.fromEntries(CHANNEL_CLASSES.map((name) => [name, value])) as Record<(typeof CHANNEL_CLASSES)[number], T>,
  );

const capacity = z.strictObject({
  slots: perClass(whole.min(0).max(100)),
  blockedBy: perClass(z.array(z.enum(CHANNEL_CLASSES)).max(CHANNEL_CLASSES.length)),
});

/** A requirement may nest; the engine limits how deep. */
export const requirementSchema: z.ZodType<Requirement> = z.lazy(() =>
  z.union([
    z.strictObject({ skill: id, min: whole.min(1).max(10).exactOptional() }),
    z.strictObject({ and: z.array(requirementSchema).max(ENGINE_LIMITS.requirementTerms) }),
    z.strictObject({ or: z.array(requirementSchema).max(ENGINE_LIMITS.requirementTerms) }),
    z.strictObject({ not: requirementSchema }),
  ]),
);

const membership = z.strictObject({
  queueId: id,
  tier: whole.exactOptional(),
  rank: whole.exactOptional(),
  reserve: z.boolean().exactOptional(),
});

const agent = z.strictObject({
  id,
  skills: z.record(id, whole.min(1).max(10)).exactOptional(),
  queues: z.array(membership).max(1_000).exactOptional(),
  groups: z.array(id).max(100).exactOptional(),
  capacity: capacity.exactOptional(),
  weight: z.number().exactOptional(),
});

const scope = z.enum(['queue', 'all']).exactOptional();
const strategy = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('longest-idle'), since: z.enum(['queue', 'any', 'voice', 'accumulated']) }),
  z.strictObject({ kind: z.literal('least-busy') }),
  z.strictObject({ kind: z.literal('fewest-handled'), scope }),
  z.strictObject({ kind: z.literal('least-talk'), scope }),
  z.strictObject({ kind: z.literal('round-robin'), scope }),
  z.strictObject({ kind: z.literal('top-down') }),
  z.strictObject({ kind: z.literal('random') }),
  z.strictObject({ kind: z.literal('weighted-random') }),
  z.strictObject({ kind: z.literal('most-skilled') }),
  z.strictObject({ kind: z.literal('least-skilled') }),
  z.strictObject({ kind: z.literal('ring-all'), most: whole.exactOptional() }),
  z.strictObject({
    kind: z.literal('ring-progressive'),
    first: whole.exactOptional(),
    more: whole.exactOptional(),
    everyMs: ms,
  }),
]);

const relaxationStep = z.strictObject({
  afterMs: ms,
  action: z.discriminatedUnion('do', [
    z.strictObject({ do: z.literal('lower-level'), skill: id, to: whole }),
    z.strictObject({ do: z.literal('drop-skill'), skill: id }),
    z.strictObject({ do: z.literal('add-queue'), queueId: id }),
    z.strictObject({ do: z.literal('add-group'), group: id }),
    z.strictObject({ do: z.literal('raise-priority'), by: whole }),
  ]),
});

/** What becomes of a contact that may not enter, or may not wait any longer. */
export const limitOutcomeSchema = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('queue'), queueId: id }),
  z.strictObject({ to: z.literal('callback') }),
  z.strictObject({ to: z.literal('voicemail') }),
  z.strictObject({ to: z.literal('message'), prompt: z.string().max(1_000).exactOptional() }),
  z.strictObject({ to: z.literal('external'), number: z.string().min(1).max(64) }),
  z.strictObject({ to: z.literal('ticket') }),
  z.strictObject({ to: z.literal('hang-up') }),
]);
const then = limitOutcomeSchema;

const entryLimit = z.discriminatedUnion('when', [
  z.strictObject({ when: z.literal('size'), atLeast: whole, then }),
  z.strictObject({ when: z.literal('estimated-wait'), aboveMs: ms, then }),
  z.strictObject({ when: z.literal('nobody-signed-in'), then }),
  z.strictObject({ when: z.literal('closed'), then }),
  z.strictObject({ when: z.literal('blocked'), then }),
]);
const waitingLimit = z.discriminatedUnion('when', [
  z.strictObject({ when: z.literal('waited'), ms, then }),
  z.strictObject({ when: z.literal('estimated-wait'), aboveMs: ms, then }),
  z.strictObject({ when: z.literal('nobody-left'), then }),
]);

const ageing = z.strictObject({ pointsPerMinute: whole, cap: whole.exactOptional() });
const timesByClass = perClass(ms).partial() as unknown as z.ZodType<
  Partial<Record<(typeof CHANNEL_CLASSES)[number], number>>
>;

const queue = z.strictObject({
  id,
  name: z.strictObject({ 'zh-CN': z.string().min(1).max(100), en: z.string().min(1).max(100) }).exactOptional(),
  priority: whole.exactOptional(),
  ageing: ageing.exactOptional(),
  strategy: strategy.exactOptional(),
  offerTimeoutMs: timesByClass.exactOptional(),
  wrapUpMs: timesByClass.exactOptional(),
  wrapUpMostMs: ms.exactOptional(),
  relaxation: z.array(relaxationStep).max(ENGINE_LIMITS.relaxationSteps).exactOptional(),
  entryLimits: z.array(entryLimit).max(20).exactOptional(),
  waitingLimits: z.array(waitingLimit).max(20).exactOptional(),
  calendarId: id.exactOptional(),
  blocklist: z.array(z.string().min(1).max(256)).max(100_000).exactOptional(),
  reserve: z.strictObject({ joinAboveMs: ms, leaveBelowMs: ms }).exactOptional(),
  announce: z.strictObject({ everyMs: ms }).exactOptional(),
  estimator: z.enum([...ESTIMATORS, 'best']).exactOptional(),
  callback: z
    .strictObject({
      attempts: whole,
      gapMs: ms,
      dialTimeoutMs: ms,
      leadMs: ms,
      calendarId: id.exactOptional(),
      duplicates: z.enum(['refuse', 'replace']),
    })
    .exactOptional(),
  shortAbandonMs: ms.exactOptional(),
});

const periods = z.array(z.strictObject({ from: whole, to: whole })).max(24);
const calendar = z.strictObject({
  id,
  week: z.array(periods).length(7),
  dates: z.record(z.string().regex(/^\d{4}-\d{2}-\d{2}$/), periods).exactOptional(),
  utcOffsetMinutes: whole,
  offsetChanges: z
    .array(z.strictObject({ fromMs: whole, utcOffsetMinutes: whole }))
    .max(1_000)
    .exactOptional(),
});

/** The whole configuration. Its `version` is given by the store and need not be right when it comes in. */
export const configurationSchema: z.ZodType<Configuration> = z.strictObject({
  version: whole.min(0).default(0),
  queues: z.array(queue).max(ENGINE_LIMITS.queues),
  agents: z.array(agent).max(ENGINE_LIMITS.agents).exactOptional(),
  capacity: capacity.exactOptional(),
  breakReasons: z.array(id).max(200).exactOptional(),
  calendars: z.array(calendar).max(1_000).exactOptional(),
  refusalDelays: z
    .strictObject({ noAnswerMs: ms, busyMs: ms, declinedMs: ms, failedMs: ms, noAnswerLimit: whole })
    .exactOptional(),
  segments: z
    .record(id, z.strictObject({ priority: whole.exactOptional(), ageing: ageing.exactOptional() }))
    .exactOptional(),
  channelPriority: z.partialRecord(z.enum(CHANNELS), whole).exactOptional() as unknown as z.ZodType<
    NonNullable<Configuration['channelPriority']>
  >,
  utcOffsetMinutes: whole.exactOptional(),
}) as z.ZodType<Configuration>;
