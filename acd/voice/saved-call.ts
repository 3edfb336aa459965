import { z } from 'zod';
import { localeSchema, localNameSchema, OUTCOMES, pathStepSchema } from '../api/contract/index.ts';
import { type Call, STAGES } from './call.ts';
import type { VoiceRoom } from './room.ts';

/** What is kept of a running call so that the next process can go on with it. */
export const savedCallSchema = z.object({
  stage: z.enum(STAGES),
  stageSinceMs: z.number(),
  callerLegId: z.string().optional(),
  fromUser: z.string().optional(),
  language: localeSchema,
  tier: z.string().optional(),
  flow: z.object({ flowId: z.string(), nodeId: z.string(), variables: z.record(z.string(), z.string()) }).optional(),
  path: z.array(pathStepSchema),
  reason: localNameSchema.optional(),
  queueId: z.string().optional(),
  enqueuedAtMs: z.number().optional(),
  agent: z
    .object({
      agentId: z.string(),
      phoneUser: z.string(),
      queueId: z.string(),
      legId: z.string(),
      sinceMs: z.number(),
      connectedAtMs: z.number().optional(),
      heldSinceMs: z.number().optional(),
    })
    .optional(),
  recording: z
    .object({
      recordingId: z.string(),
      path: z.string(),
      legId: z.string(),
      kind: z.enum(['conversation', 'voicemail']),
      startedAtMs: z.number(),
      pauses: z.array(z.object({ fromMs: z.number(), toMs: z.number().optional() })),
    })
    .optional(),
  recordingParts: z.number(),
  handledBy: z.array(z.string()).default([]),
  outsideLegId: z.string().optional(),
  routedOutcome: z.enum(OUTCOMES).optional(),
  flowOutcome: z.enum(OUTCOMES).optional(),
  answeredAtMs: z.number().optional(),
  endedAtMs: z.number().optional(),
  callback: z.object({ number: z.string() }).optional(),
  wrapUps: z.array(
    z.object({
      agentId: z.string(),
      queueId: z.string(),
      startedAtMs: z.number(),
      talkStartedAtMs: z.number().optional(),
      endsAtMs: z.number(),
      extensions: z.number(),
      dispositionId: z.string().optional(),
      notes: z.string(),
      aside: z.boolean(),
    }),
  ),
});
export type SavedCall = z.infer<typeof savedCallSchema>;

/** Hands the call's state to the records, which look at it when they write. Secrets typed by callers are not in it (see `runFlow`). */
export function saveCall(room: VoiceRoom, call: Call): void {
  // Taken now and not when it is written: it must not say more than the records that stand before it in the line.
  const picture = structuredClone(pictureOf(call));
  room.records.save(call.contactId, () => picture);
}

type Kept = Omit<SavedCall, 'handledBy' | 'wrapUps'>;
const KEPT = Object.keys(savedCallSchema.omit({ handledBy: true, wrapUps: true }).shape) as readonly (keyof Kept)[];

function pictureOf(call: Call): unknown {
  const plain = Object.fromEntries(KEPT.map((key) => [key, call[key]]));
  return { ...plain, handledBy: [...call.handledBy], wrapUps: [...call.wrapUps.values()] };
}
